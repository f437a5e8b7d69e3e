#include "trainer/kernels/dense_rows.h"

#include "trainer/kernels/rounding.h"

#include <stddef.h>

/* to = beta to + sum, of the columns of a line that are there. */
HR_BODY void add_line(hr_f32x16 sum, float beta, float *to, int64_t columns)
{
    const size_t bytes = hr_lanes_bytes(columns, 0);
    hr_f32x16 before = {0};
    if (columns <= 0)
        return;
    if (beta != 0.0F)
        hr_lanes_load(&before, to, bytes);
    sum += beta * before;
    hr_lanes_store(to, &sum, bytes);
}

/* Two sums for each line hide the latency of additions. */
HR_SIMD void hr_dense_rows_multiply(const hr_dense_rows *rows, float beta)
{
    const hr_f32x16 *piece = rows->piece;
    const int64_t depth = rows->depth, columns = rows->columns;
    for (int64_t row = 0; row < rows->rows; row++) {
        const float *entry = rows->x + row * rows->x_stride;
        float *to = rows->to + row * rows->to_stride;
        hr_f32x16 even[HR_PIECE_LINES] = {{0}, {0}}, odd[HR_PIECE_LINES] = {{0}, {0}};
        int64_t k = 0;
        for (; k + 1 < depth; k += 2) {
            even[0] += entry[k] * piece[k * HR_PIECE_LINES];
            even[1] += entry[k] * piece[k * HR_PIECE_LINES + 1];
            odd[0] += entry[k + 1] * piece[(k + 1) * HR_PIECE_LINES];
            odd[1] += entry[k + 1] * piece[(k + 1) * HR_PIECE_LINES + 1];
        }
        if (k < depth) {
            even[0] += entry[k] * piece[k * HR_PIECE_LINES];
            even[1] += entry[k] * piece[k * HR_PIECE_LINES + 1];
        }
        add_line(even[0] + odd[0], beta, to, columns);
        add_line(even[1] + odd[1], beta, to + HR_LANES, columns - HR_LANES);
    }
}

/* Eight columns of a row of sums, for one column of x. */
HR_BODY void add_products(int64_t rows, const float *x, int64_t x_stride, const float *y, int64_t y_stride,
                          size_t bytes, double shift, double *to)
{
    hr_f64x8 sum = {0}, row;
    for (int64_t i = 0; i < rows; i++) {
        hr_widen(&row, y + i * y_stride, bytes);
        sum += (double)x[i * x_stride] * row + shift - shift;
    }
    for (int64_t c = 0; c < (int64_t)(bytes / sizeof(float)); c++)
        to[c] += sum[c];
}

/* The same for four columns of x at once, to + to_stride apart. */
HR_BODY void add_four_products(int64_t rows, const float *x, int64_t x_stride, const float *y,
                               int64_t y_stride, size_t bytes, double shift, double *to, int64_t to_stride)
{
    hr_f64x8 a = {0}, b = {0}, c = {0}, d = {0}, row;
    for (int64_t i = 0; i < rows; i++) {
        const float *entry = x + i * x_stride;
        hr_widen(&row, y + i * y_stride, bytes);
        a += (double)entry[0] * row + shift - shift;
        b += (double)entry[1] * row + shift - shift;
        c += (double)entry[2] * row + shift - shift;
        d += (double)entry[3] * row + shift - shift;
    }
    for (int64_t k = 0; k < (int64_t)(bytes / sizeof(float)); k++) {
        to[k] += a[k];
        to[to_stride + k] += b[k];
        to[2 * to_stride + k] += c[k];
        to[3 * to_stride + k] += d[k];
    }
}

/* Eight columns of y, or fewer, from `column` on. */
HR_BODY void add_column_line(const hr_dense_products *p, int64_t column, size_t bytes, double shift)
{
    const float *y = p->y + column;
    double *to = p->to + column;
    int64_t i = p->first;
    for (; i + 4 <= p->end; i += 4)
        add_four_products(p->rows, p->x + i, p->x_stride, y, p->y_stride, bytes, shift, to + i * p->columns,
                          p->columns);
    for (; i < p->end; i++)
        add_products(p->rows, p->x + i, p->x_stride, y, p->y_stride, bytes, shift, to + i * p->columns);
}

HR_SIMD void hr_dense_products_add(const hr_dense_products *products)
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
