#include "trainer/kernels/triangular.h"

#include "trainer/kernels/dispatch.h"

HR_SIMD void hr_solve_row(const double *lower, int64_t dim, double scale, double *restrict work, float *row)
{
    for (int64_t c = 0; c < dim; c++)
        work[c] = scale * (double)row[c];
    for (int64_t i = 0; i < dim; i++) {
        const double *restrict below = lower + i * dim; /* column i of L */
        const double solved = work[i] / below[i];
        row[i] = (float)solved;
#pragma omp simd
        for (int64_t c = i + 1; c < dim; c++)
            work[c] -= solved * below[c];
    }
}
