#include "trainer/numerics/gram.h"

#include "io/base/even.h"
#include "trainer/simd/rounding.h"

#include <cblas.h>
#include <string.h>

/* Converts rows from `first` on to doubles, rounded to the unit; returns how many. */
static int64_t read_chunk(const hr_gram_rows *rows, int64_t first, double unit, double *chunk)
{
    const int64_t left = rows->count - first, count = left < HR_GRAM_CHUNK ? left : HR_GRAM_CHUNK;
    for (int64_t i = 0; i < count * rows->dim; i++)
        chunk[i] = hr_round_to_unit((double)rows->row[first * rows->dim + i], unit);
    return count;
}

/* Copies the lower triangle to the upper one. */
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
    double largest;
    HR_TRY(hr_largest_entry(rows->summation, comm, rows->row, rows->count * rows->dim, &largest, err));
    const double unit = hr_factor_unit(rows->summation, largest, rows->all);
    memset(gram, 0, (size_t)(rows->dim * rows->dim) * sizeof *gram);
    for (int64_t first = 0; first < rows->count; first += HR_GRAM_CHUNK)
        cblas_dsyrk(CblasRowMajor, CblasLower, CblasTrans, dim, (int)read_chunk(rows, first, unit, chunk),
                    1.0, chunk, dim, 1.0, gram, dim);
    mirror(gram, rows->dim);
    HR_TRY(hr_sum_f64(comm, gram, rows->dim * rows->dim, err));
done:
    return status;
}

/* A piece of the rows: the lower triangle of its Gram matrix. */
static void sum_piece(const hr_gram_rows *rows, int piece, float *gram)
{
    const int64_t first = hr_block_first(rows->count, piece, HR_GRAM_PIECES);
    const int64_t count = hr_block_first(rows->count, piece + 1, HR_GRAM_PIECES) - first;
    const int dim = (int)rows->dim;
    memset(gram, 0, (size_t)(rows->dim * rows->dim) * sizeof *gram);
    if (count > 0)
        cblas_ssyrk(CblasRowMajor, CblasLower, CblasTrans, dim, (int)count, 1.0F,
                    rows->row + first * rows->dim, dim, 0.0F, gram, dim);
}

hr_status hr_gram_sum_floats(const hr_comm *comm, const hr_gram_rows *rows, float *pieces, float *gram,
                             hr_error *err)
{
    const int64_t dim = rows->dim, size = dim * dim;
    openblas_set_num_threads(1);
#pragma omp parallel for schedule(dynamic, 1)
    for (int piece = 0; piece < HR_GRAM_PIECES; piece++)
        sum_piece(rows, piece, pieces + piece * size);
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < dim; i++)
        for (int64_t j = 0; j <= i; j++) {
            float sum = 0.0F;
            for (int piece = 0; piece < HR_GRAM_PIECES; piece++)
                sum += pieces[piece * size + i * dim + j];
            gram[i * dim + j] = gram[j * dim + i] = sum;
        }
    return hr_sum_f32(comm, gram, size, err);
}
