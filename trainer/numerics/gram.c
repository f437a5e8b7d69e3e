#include "trainer/numerics/gram.h"

#include "trainer/numerics/exact.h"

#include <cblas.h>
#include <string.h>

/* Turns rows from `first` on into doubles, rounded to the unit; returns how many. */
static int64_t read_chunk(const hr_gram_rows *rows, int64_t first, double unit, double *chunk)
{
    const int64_t left = rows->count - first, count = left < HR_GRAM_CHUNK ? left : HR_GRAM_CHUNK;
    for (int64_t i = 0; i < count * rows->dim; i++)
        chunk[i] = hr_exact_round((double)rows->row[first * rows->dim + i], unit);
    return count;
}

/* Both triangles, of the lower one. */
static void mirror(double *gram, int64_t dim)
{
    for (int64_t i = 0; i < dim; i++)
        for (int64_t j = 0; j < i; j++)
            gram[j * dim + i] = gram[i * dim + j];
}

hr_status hr_gram_sum(const hr_comm *comm, const hr_gram_rows *rows, double *chunk, double *gram,
                      hr_error *err)
{
    hr_status status = HR_OK;
    const int dim = (int)rows->dim;
    double largest = 0.0, unit = 0.0;
    if (rows->exact) {
        HR_TRY(hr_exact_largest(comm, rows->row, rows->count * rows->dim, &largest, err));
        unit = hr_exact_factor_unit(largest, rows->all);
    }
    memset(gram, 0, (size_t)(rows->dim * rows->dim) * sizeof *gram);
    for (int64_t first = 0; first < rows->count; first += HR_GRAM_CHUNK)
        cblas_dsyrk(CblasRowMajor, CblasLower, CblasTrans, dim, (int)read_chunk(rows, first, unit, chunk),
                    1.0, chunk, dim, 1.0, gram, dim);
    mirror(gram, rows->dim);
    HR_TRY(hr_sum_f64(comm, gram, rows->dim * rows->dim, err));
done:
    return status;
}
