#include "trainer/dense.h"

#include "io/comm.h"

#include <cblas.h>

/* Rows that a thread multiplies at a time. */
enum { CHUNK = 256 };

void hr_dense_multiply(int64_t rows, int64_t dim, const float *from, bool transposed, const float *weights,
                       float beta, float *to)
{
    const CBLAS_TRANSPOSE how = transposed ? CblasTrans : CblasNoTrans;
    openblas_set_num_threads(1);
#pragma omp parallel for schedule(static)
    for (int64_t first = 0; first < rows; first += CHUNK)
        cblas_sgemm(CblasRowMajor, CblasNoTrans, how, (int)(rows - first < CHUNK ? rows - first : CHUNK),
                    (int)dim, (int)dim, 1.0F, from + first * dim, (int)dim, weights, (int)dim, beta,
                    to + first * dim, (int)dim);
}

void hr_dense_outer(int64_t rows, int64_t dim, float scale, const float *x, const float *y, float beta,
                    float *pieces, float *to)
{
    const int64_t square = dim * dim;
    const int d = (int)dim;
    openblas_set_num_threads(1);
#pragma omp parallel for schedule(static)
    for (int piece = 0; piece < HR_DENSE_PIECES; piece++) {
        const int64_t first = hr_block_first(rows, piece, HR_DENSE_PIECES);
        const int64_t count = hr_block_first(rows, piece + 1, HR_DENSE_PIECES) - first;
        float *its = pieces + piece * square;
        for (int64_t i = 0; i < square; i++)
            its[i] = 0.0F;
        if (count > 0)
            cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, d, d, (int)count, scale, x + first * dim, d,
                        y + first * dim, d, 0.0F, its, d);
    }
    for (int64_t i = 0; i < square; i++) {
        float sum = beta == 0.0F ? 0.0F : beta * to[i];
        for (int piece = 0; piece < HR_DENSE_PIECES; piece++)
            sum += pieces[piece * square + i];
        to[i] = sum;
    }
}
