#include "trainer/carriers/symmetric_system.h"

#include <cblas.h>

/* LAPACK's, which OpenBLAS has but declares in no header. */
void dpotrf_(const char *triangle, const int *order, double *matrix, const int *stride, int *failed);
void dpotrs_(const char *triangle, const int *order, const int *columns, const double *matrix,
             const int *stride, double *vector, const int *vector_stride, int *failed);

void hr_system_add_square(double *matrix, int64_t dim, double factor, const double *row)
{
    cblas_dsyr(CblasRowMajor, CblasLower, (int)dim, factor, row, 1, matrix, (int)dim);
}

hr_status hr_system_solve(double *matrix, int64_t dim, double *column, int64_t columns, hr_error *err)
{
    const int order = (int)dim, most = 1 << 16;
    int failed = 0;
    dpotrf_("U", &order, matrix, &order, &failed); /* its columns are our rows */
    for (int64_t at = 0; failed == 0 && at < columns; at += most) {
        const int count = (int)(columns - at < most ? columns - at : most);
        dpotrs_("U", &order, &count, matrix, &order, column + at * dim, &order, &failed);
    }
    if (failed != 0)
        return hr_fail(
            err, HR_INPUT,
            "the movies' rows of this checkpoint are not independent enough to solve for a user; the "
            "file is damaged, or the model was trained without --decay and --ridge");
    return HR_OK;
}
