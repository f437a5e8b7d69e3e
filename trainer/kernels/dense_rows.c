#include "trainer/kernels/dense_rows.h"

#include "trainer/simd/rounding.h"
#include "trainer/simd/vectors.h"

#include <stddef.h>

/* to = beta to + sum, of the columns of a line that are there. */
HR_BODY void add_line(hr_regs sum, float beta, float *to, int64_t columns)
{
    const size_t bytes = hr_lanes_bytes(columns, 0);
    if (columns <= 0)
        return;
    if (beta != 0.0F)
        sum = hr_regs_add_scaled(false, sum, beta, hr_regs_load_part(to, bytes));
    hr_regs_store_part(to, sum, bytes);
}

/* sum[line] += x * piece[line]. */
HR_BODY void add_entry(hr_regs *sum, float x, const hr_line *piece)
{
    HR_EACH_LINE (i, HR_PIECE_LINES)
        sum[i] = hr_regs_add_scaled(false, sum[i], x, hr_regs_load(&piece[i]));
}

/* Two sums for each line hide the latency of additions. */
void HR_OF_ISA(hr_dense_rows_multiply)(const hr_dense_rows *rows, float beta)
{
    const hr_line *piece = rows->piece;
    const int64_t depth = rows->depth, columns = rows->columns;
    for (int64_t row = 0; row < rows->rows; row++) {
        const float *entry = rows->x + row * rows->x_stride;
        float *to = rows->to + row * rows->to_stride;
        hr_regs even[HR_PIECE_LINES] = {hr_regs_zero(), hr_regs_zero()};
        hr_regs odd[HR_PIECE_LINES] = {hr_regs_zero(), hr_regs_zero()};
        int64_t k = 0;
        for (; k + 1 < depth; k += 2) {
            add_entry(even, entry[k], piece + k * HR_PIECE_LINES);
            add_entry(odd, entry[k + 1], piece + (k + 1) * HR_PIECE_LINES);
        }
        if (k < depth)
            add_entry(even, entry[k], piece + k * HR_PIECE_LINES);
        HR_EACH_LINE (i, HR_PIECE_LINES)
            add_line(hr_regs_add(even[i], odd[i]), beta, to + i * HR_LANES, columns - i * HR_LANES);
    }
}

/* Most columns of x at once. */
enum { COLUMNS = 4 };

/* Eight columns of `count` rows of sums, to_stride apart, for as many columns of x: a constant. */
HR_BODY void add_products(int count, int64_t rows, const float *x, int64_t x_stride, const float *y,
                          int64_t y_stride, size_t bytes, double shift, double *to, int64_t to_stride)
{
    hr_regs sum[COLUMNS];
    HR_EACH_LINE (k, count)
        sum[k] = hr_regs_zero();
    for (int64_t i = 0; i < rows; i++) {
        const hr_regs row = hr_regs_widen(y + i * y_stride, bytes);
        HR_EACH_LINE (k, count) {
            const hr_regs product = hr_regs_scale_doubles((double)x[i * x_stride + k], row);
            sum[k] = hr_regs_add_doubles(sum[k], hr_regs_round_doubles(product, shift));
        }
    }
    HR_EACH_LINE (k, count) {
        double sums[HR_LANES / 2];
        hr_regs_store(sums, sum[k]);
        for (int64_t c = 0; c < (int64_t)(bytes / sizeof(float)); c++)
            to[k * to_stride + c] += sums[c];
    }
}

/* Eight columns of y, or fewer, from `column` on. */
HR_BODY void add_column_line(const hr_dense_products *p, int64_t column, size_t bytes, double shift)
{
    const float *y = p->y + column;
    double *to = p->to + column;
    int64_t i = p->first;
    for (; i + COLUMNS <= p->end; i += COLUMNS)
        add_products(COLUMNS, p->rows, p->x + i, p->x_stride, y, p->y_stride, bytes, shift,
                     to + i * p->columns, p->columns);
    for (; i < p->end; i++)
        add_products(1, p->rows, p->x + i, p->x_stride, y, p->y_stride, bytes, shift, to + i * p->columns,
                     p->columns);
}

void HR_OF_ISA(hr_dense_products_add)(const hr_dense_products *products)
{
    const int64_t lanes = HR_LANES / 2, columns = products->columns;
    const size_t whole = HR_LANES / 2 * sizeof(float);
    const double shift = hr_unit_shift(products->unit);
    int64_t column = 0;
    for (; column + lanes <= columns; column += lanes)
        add_column_line(products, column, whole, shift);
    if (column < columns)
        add_column_line(products, column, (size_t)(columns - column) * sizeof(float), shift);
}

void HR_OF_ISA(hr_solve_row)(const double *lower, int64_t dim, double scale, double *restrict work,
                             float *row)
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
