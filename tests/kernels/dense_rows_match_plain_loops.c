/* Rows times matrices, sums of products over rows, triangular systems. */
#include "tests/kernels/support/checks.h"
#include "trainer/kernels/dense_rows.h"

#include <math.h>
#include <stdlib.h>

static void multiply(int64_t rows, int64_t depth, int64_t columns, float beta)
{
    const int64_t x_stride = depth + 3, to_stride = columns + 5;
    float *x = some_floats(rows * x_stride, 1);
    float *to = some_floats(rows * to_stride, 3), *before = some_floats(rows * to_stride, 3);
    hr_line *piece = some_lines(depth * HR_PIECE_LINES, 2);
    const hr_dense_rows product = {rows, x, x_stride, piece, depth, to, columns, to_stride};
    hr_dense_rows_multiply(&product, beta);
    for (int64_t row = 0; row < rows; row++)
        for (int64_t c = 0; c < to_stride; c++) {
            double sum = (double)beta * (double)before[row * to_stride + c];
            for (int64_t k = 0; k < depth; k++)
                sum += (double)x[row * x_stride + k] *
                       (double)piece[k * HR_PIECE_LINES + c / HR_LANES].floats[c % HR_LANES];
            if (c < columns)
                check_number("row times matrix", false, (double)to[row * to_stride + c], sum);
            else
                check_that("a column beyond is not left alone",
                           to[row * to_stride + c] == before[row * to_stride + c]);
        }
    keep_bits(to, (size_t)(rows * to_stride) * sizeof *to);
    free(piece);
    free(before);
    free(to);
    free(x);
}

static void rows_times_matrices(void)
{
    for (int64_t columns = 1; columns < HR_PIECE_LINES * HR_LANES; columns += 6)
        for (int64_t depth = 1; depth <= 9; depth += 4) {
            multiply(3, depth, columns, 0.0F);
            multiply(2, depth, columns, 0.5F);
        }
}

static void add_products(int64_t rows, int64_t first, int64_t end, int64_t columns)
{
    float *x = some_floats(rows * (end + 1), 4), *y = some_floats(rows * (columns + 2), 5);
    double *to = some_doubles(end * columns, 6), *expected = some_doubles(end * columns, 6);
    const hr_dense_products products = {rows, x, end + 1, first, end, y, columns, columns + 2, sum_unit, to};
    hr_dense_products_add(&products);
    for (int64_t r = 0; r < rows; r++)
        for (int64_t i = first; i < end; i++)
            for (int64_t c = 0; c < columns; c++)
                expected[i * columns + c] += hr_round_to_unit(
                    (double)x[r * (end + 1) + i] * (double)y[r * (columns + 2) + c], sum_unit);
    for (int64_t i = 0; i < end * columns; i++)
        check_number("sum of products over rows", true, to[i], expected[i]);
    keep_bits(to, (size_t)(end * columns) * sizeof *to);
    free(expected);
    free(to);
    free(y);
    free(x);
}

static void products_over_rows(void)
{
    for (int64_t columns = 1; columns <= 20; columns += 3) {
        add_products(7, 0, 9, columns);
        add_products(10, 3, 5, columns);
    }
}

static void triangular_systems(void)
{
    for (int64_t dim = 1; dim <= 40; dim += 13) {
        double *lower = some_doubles(dim * dim, 7), *work = some_doubles(dim, 8);
        float *row = some_floats(dim, 9), *b = some_floats(dim, 9);
        for (int64_t i = 0; i < dim; i++)
            lower[i * dim + i] = 2.0 + (double)i;
        hr_solve_row(lower, dim, 0.25, work, row);
        for (int64_t c = 0; c < dim; c++) { /* row L' = b / 4 */
            double sum = 0.0;
            for (int64_t i = 0; i <= c; i++)
                sum += (double)row[i] * lower[i * dim + c];
            check_number("row times L'", false, sum, 0.25 * (double)b[c]);
        }
        keep_bits(row, (size_t)dim * sizeof *row);
        free(b);
        free(row);
        free(work);
        free(lower);
    }
}

RUN_CHECKS(rows_times_matrices, products_over_rows, triangular_systems)
