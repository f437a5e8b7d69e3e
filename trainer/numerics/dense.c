#include "trainer/numerics/dense.h"

#include "io/base/even.h"
#include "io/comm/comm.h"
#include "trainer/numerics/reproducible_dense.h"

#include <cblas.h>

/* Rows that a thread multiplies at a time. */
enum { CHUNK = 256 };

static void multiply(int64_t rows, hr_columns from, bool transposed, const float *weights, float beta,
                     float *to, int64_t to_columns)
{
    const CBLAS_TRANSPOSE how = transposed ? CblasTrans : CblasNoTrans;
    const int in = (int)from.count, out = (int)to_columns, stride = (int)from.stride;
    openblas_set_num_threads(1);
#pragma omp parallel for schedule(static)
    for (int64_t first = 0; first < rows; first += CHUNK)
        cblas_sgemm(CblasRowMajor, CblasNoTrans, how, (int)(rows - first < CHUNK ? rows - first : CHUNK), out,
                    in, 1.0F, from.at + first * from.stride, stride, weights, transposed ? in : out, beta,
                    to + first * to_columns, out);
}

void hr_dense_multiply(hr_summation summation, int64_t rows, hr_columns from, bool transposed,
                       const float *weights, float beta, float *to, int64_t to_columns)
{
    if (summation == HR_SUM_REPRODUCIBLE)
        hr_reproducible_multiply(rows, from, transposed, weights, beta, to, to_columns);
    else
        multiply(rows, from, transposed, weights, beta, to, to_columns);
}

void hr_dense_outer(int64_t rows, float scale, hr_columns x, hr_columns y, float beta, float *pieces,
                    float *to)
{
    const int64_t size = x.count * y.count;
    openblas_set_num_threads(1);
#pragma omp parallel for schedule(static)
    for (int piece = 0; piece < HR_DENSE_PIECES; piece++) {
        const int64_t first = hr_block_first(rows, piece, HR_DENSE_PIECES);
        const int64_t count = hr_block_first(rows, piece + 1, HR_DENSE_PIECES) - first;
        float *its = pieces + piece * size;
        for (int64_t i = 0; i < size; i++)
            its[i] = 0.0F;
        if (count > 0)
            cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, (int)x.count, (int)y.count, (int)count,
                        scale, x.at + first * x.stride, (int)x.stride, y.at + first * y.stride, (int)y.stride,
                        0.0F, its, (int)y.count);
    }
    for (int64_t i = 0; i < size; i++) {
        float sum = beta == 0.0F ? 0.0F : beta * to[i];
        for (int piece = 0; piece < HR_DENSE_PIECES; piece++)
            sum += pieces[piece * size + i];
        to[i] = sum;
    }
}

void hr_dense_add_outer(int64_t rows, hr_columns x, hr_columns y, float *pieces, const hr_row_sums *to)
{
    if (to->doubles)
        hr_reproducible_outer(rows, x, y, to);
    else
        hr_dense_outer(rows, 1.0F, x, y, 1.0F, pieces, to->floats);
}

void hr_dense_add_rows(int64_t rows, int64_t columns, const float *from, const hr_row_sums *to)
{
    for (int64_t row = 0; row < rows; row++)
        hr_row_sums_add_row(to, 0, 1.0F, from + row * columns, 0, columns);
}

void hr_dense_add_products(int64_t rows, int64_t columns, const float *x, const float *y,
                           const hr_row_sums *to)
{
    for (int64_t i = 0; i < rows * columns; i += columns)
        hr_row_sums_add_row_product(to, 0, 1.0F, x + i, y + i, 0, columns);
}
