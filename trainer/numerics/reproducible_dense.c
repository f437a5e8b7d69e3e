#include "trainer/numerics/reproducible_dense.h"

#include "trainer/kernels/dense_rows.h"

#include <omp.h>

/* Rows that are multiplied while they and a piece of the matrix are in the cache; rows of the piece, and its
 * lines of columns. */
enum { CHUNK = 256, DEPTH = 128, LINES = HR_PIECE_LINES };

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* A piece of the matrix that rows are multiplied with: entry (k, c) of it, transposed or not; zeros beyond
 * its last column. */
static void read_piece(const float *weights, int64_t in, int64_t out, bool transposed, int64_t first_row,
                       int64_t rows, int64_t first_column, float *piece)
{
    for (int64_t k = 0; k < rows; k++)
        for (int64_t c = 0; c < LINES * HR_LANES; c++) {
            const int64_t row = first_row + k, column = first_column + c;
            piece[k * LINES * HR_LANES + c] = column >= out ? 0.0F
                                              : transposed  ? weights[column * in + row]
                                                            : weights[row * out + column];
        }
}

void hr_reproducible_multiply(int64_t rows, hr_columns from, bool transposed, const float *weights,
                              float beta, float *to, int64_t to_columns)
{
#pragma omp parallel for schedule(static)
    for (int64_t first = 0; first < rows; first += CHUNK)
        for (int64_t c = 0; c < to_columns; c += LINES * HR_LANES)
            for (int64_t k = 0; k < from.count; k += DEPTH) {
                hr_line piece[DEPTH * LINES];
                const hr_dense_rows product = {.rows = least(rows - first, CHUNK),
                                               .x = from.at + first * from.stride + k,
                                               .x_stride = from.stride,
                                               .piece = piece,
                                               .depth = least(from.count - k, DEPTH),
                                               .to = to + first * to_columns + c,
                                               .columns = to_columns - c,
                                               .to_stride = to_columns};
                read_piece(weights, from.count, to_columns, transposed, k, product.depth, c, (float *)piece);
                hr_dense_rows_multiply(&product, k == 0 ? beta : 1.0F);
            }
}

void hr_reproducible_outer(int64_t rows, hr_columns x, hr_columns y, const hr_row_sums *to)
{
    const int64_t share = (x.count + omp_get_max_threads() - 1) / omp_get_max_threads();
#pragma omp parallel for schedule(static)
    for (int64_t column = 0; column < x.count; column += share)
        for (int64_t first = 0; first < rows; first += CHUNK) {
            const hr_dense_products products = {.rows = least(rows - first, CHUNK),
                                                .x = x.at + first * x.stride,
                                                .x_stride = x.stride,
                                                .first = column,
                                                .end = least(column + share, x.count),
                                                .y = y.at + first * y.stride,
                                                .columns = y.count,
                                                .y_stride = y.stride,
                                                .unit = to->unit,
                                                .to = to->doubles};
            hr_dense_products_add(&products);
        }
}
