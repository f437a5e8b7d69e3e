#include "trainer/numerics/gram.h"

#include "io/base/memory.h"
#include "trainer/numerics/dense.h"
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

hr_status hr_gram_create(hr_gram *gram, hr_summation summation, int64_t dim, hr_error *err)
{
    hr_status status = HR_OK;
    gram->summation = summation;
    gram->dim = dim;
    HR_ALLOC(gram->matrix, dim * dim);
    if (summation == HR_SUM_PLAIN) {
        HR_ALLOC(gram->pieces, HR_DENSE_PIECES * dim * dim);
        return HR_OK;
    }
    HR_ALLOC(gram->sum, dim * dim);
    HR_ALLOC(gram->chunk, HR_GRAM_CHUNK * dim);
    HR_TRY(hr_interleaved_rows_create(&gram->interleaved, dim, dim, summation, err));
done:
    return status;
}

void hr_gram_free(hr_gram *gram)
{
    free(gram->matrix);
    free(gram->pieces);
    free(gram->sum);
    free(gram->chunk);
    hr_interleaved_rows_free(&gram->interleaved);
    *gram = (hr_gram){0};
}

hr_status hr_gram_make(hr_gram *gram, const hr_comm *comm, const float *row, int64_t count, int64_t all,
                       float factor, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t dim = gram->dim;
    const hr_columns columns = hr_all_columns(row, dim);
    const hr_gram_rows rows = {row, count, dim, all, gram->summation};
    if (gram->summation == HR_SUM_PLAIN) {
        hr_dense_outer(count, factor, columns, columns, 0.0F, gram->pieces, gram->matrix);
        return hr_sum_f32(comm, gram->matrix, dim * dim, err);
    }
    HR_TRY(hr_gram_sum(comm, &rows, gram->chunk, gram->sum, err));
    for (int64_t i = 0; i < dim * dim; i++)
        gram->matrix[i] = (float)((double)factor * gram->sum[i]);
    hr_interleaved_rows_fill(&gram->interleaved, gram->matrix, dim);
done:
    return status;
}

/* A block of columns of the product at a time. */
static void add_by_lines(const hr_interleaved_rows *rows, const float *x, float factor, int64_t count,
                         float *to)
{
    const int64_t dim = rows->dim;
    for (int64_t v = 0; v < count; v++)
        for (int64_t block = 0; block < rows->blocks; block++)
            hr_block_scores_add(rows->line + block * dim, dim, x + v * dim, factor,
                                to + v * dim + block * HR_LANES);
}

void hr_gram_add_product(const hr_gram *gram, const float *x, float factor, int64_t count, float *to)
{
    const int dim = (int)gram->dim;
    if (gram->summation == HR_SUM_REPRODUCIBLE)
        add_by_lines(&gram->interleaved, x, factor, count, to);
    else
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)count, dim, dim, factor, x, dim,
                    gram->matrix, dim, 1.0F, to, dim);
}
