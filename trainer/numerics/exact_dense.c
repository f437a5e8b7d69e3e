#include "trainer/numerics/exact_dense.h"

#include "trainer/kernels/simd.h"

#include <omp.h>
#include <stddef.h>

/* Rows that are multiplied while they and the matrix's piece are in the cache; the piece's rows, and lines of
 * columns. */
enum { CHUNK = 256, DEPTH = 128, LINES = 2 };

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

/* A line of to: a line of what is added to it, and what stands there times beta. */
static inline __attribute__((always_inline)) void add_line(hr_f32x16 sum, float beta, float *to,
                                                           int64_t columns)
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

/* Rows times a piece: to = beta to + x piece, of which `columns` columns are there. Two sums for each line,
 * for an addition takes longer than a product. */
HR_SIMD static void multiply_piece(int64_t rows, const float *x, int64_t stride, const hr_f32x16 *piece,
                                   int64_t depth, float beta, float *to, int64_t columns, int64_t to_stride)
{
    for (int64_t row = 0; row < rows; row++) {
        const float *entry = x + row * stride;
        hr_f32x16 even[LINES] = {{0}, {0}}, odd[LINES] = {{0}, {0}};
        int64_t k = 0;
        for (; k + 1 < depth; k += 2) {
            even[0] += entry[k] * piece[k * LINES];
            even[1] += entry[k] * piece[k * LINES + 1];
            odd[0] += entry[k + 1] * piece[(k + 1) * LINES];
            odd[1] += entry[k + 1] * piece[(k + 1) * LINES + 1];
        }
        if (k < depth) {
            even[0] += entry[k] * piece[k * LINES];
            even[1] += entry[k] * piece[k * LINES + 1];
        }
        add_line(even[0] + odd[0], beta, to + row * to_stride, columns);
        add_line(even[1] + odd[1], beta, to + row * to_stride + HR_LANES, columns - HR_LANES);
    }
}

void hr_exact_multiply(int64_t rows, hr_columns from, bool transposed, const float *weights, float beta,
                       float *to, int64_t to_columns)
{
#pragma omp parallel for schedule(static)
    for (int64_t first = 0; first < rows; first += CHUNK)
        for (int64_t c = 0; c < to_columns; c += LINES * HR_LANES)
            for (int64_t k = 0; k < from.count; k += DEPTH) {
                hr_f32x16 piece[DEPTH * LINES];
                const int64_t depth = least(from.count - k, DEPTH);
                read_piece(weights, from.count, to_columns, transposed, k, depth, c, (float *)piece);
                multiply_piece(least(rows - first, CHUNK), from.at + first * from.stride + k, from.stride,
                               piece, depth, k == 0 ? beta : 1.0F, to + first * to_columns + c,
                               to_columns - c, to_columns);
            }
}

/* Eight columns of a row of sums, for one column of x. */
static inline __attribute__((always_inline)) void add_products(int64_t rows, const float *x, int64_t x_stride,
                                                               const float *y, int64_t y_stride, size_t bytes,
                                                               double shift, double *to)
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
static inline __attribute__((always_inline)) void
add_four_products(int64_t rows, const float *x, int64_t x_stride, const float *y, int64_t y_stride,
                  size_t bytes, double shift, double *to, int64_t to_stride)
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

/* Eight columns of y, from `column` on, with columns first … end - 1 of x. */
static inline __attribute__((always_inline)) void add_column_line(int64_t rows, hr_columns x, hr_columns y,
                                                                  int64_t column, size_t bytes, int64_t first,
                                                                  int64_t end, double shift, double *to)
{
    int64_t i = first;
    for (; i + 4 <= end; i += 4)
        add_four_products(rows, x.at + i, x.stride, y.at + column, y.stride, bytes, shift,
                          to + i * y.count + column, y.count);
    for (; i < end; i++)
        add_products(rows, x.at + i, x.stride, y.at + column, y.stride, bytes, shift,
                     to + i * y.count + column);
}

/* Some rows, all columns of y. */
HR_SIMD static void add_rows(int64_t rows, hr_columns x, hr_columns y, int64_t first, int64_t end,
                             double shift, double *to)
{
    const int64_t lanes = HR_LANES / 2;
    const size_t whole = HR_LANES / 2 * sizeof(float);
    int64_t column = 0;
    for (; column + lanes <= y.count; column += lanes)
        add_column_line(rows, x, y, column, whole, first, end, shift, to);
    if (column < y.count)
        add_column_line(rows, x, y, column, (size_t)(y.count - column) * sizeof(float), first, end, shift,
                        to);
}

void hr_exact_outer(int64_t rows, hr_columns x, hr_columns y, const hr_row_sums *to)
{
    const int64_t share = (x.count + omp_get_max_threads() - 1) / omp_get_max_threads();
    const double shift = hr_exact_shift(to->unit);
#pragma omp parallel for schedule(static)
    for (int64_t column = 0; column < x.count; column += share)
        for (int64_t first = 0; first < rows; first += CHUNK)
            add_rows(least(rows - first, CHUNK), (hr_columns){x.at + first * x.stride, x.count, x.stride},
                     (hr_columns){y.at + first * y.stride, y.count, y.stride}, column,
                     least(column + share, x.count), shift, to->exact);
}
