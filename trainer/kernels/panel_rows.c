#include "trainer/kernels/panel_rows.h"

#include "trainer/simd/rounding.h"
#include "trainer/simd/vectors.h"

HR_BODY hr_regs load_line(bool doubles, double shift, const float *from, size_t bytes)
{
    return doubles ? hr_regs_round_doubles(hr_regs_widen(from, bytes), shift)
                   : hr_regs_load_part(from, bytes);
}

/* Bytes of a row's columns, floats. A body takes them as a constant where the panel has all columns. */
enum { FLOATS = HR_LANES * sizeof(float), DOUBLES = HR_LANES / 2 * sizeof(float) };

static size_t bytes_of(int64_t columns)
{
    return (size_t)columns * sizeof(float);
}

/* Rows of the matrix that are prefetched ahead: of each row a panel has a few columns, too far apart for the
 * processor to foresee. */
enum { AHEAD = 16 };

/* The row of line `line` of `lines`, or of the last one. */
HR_BODY int64_t row_of(const int32_t *row, int64_t line, int64_t lines)
{
    return row[line < lines ? line : lines - 1];
}

HR_BODY void load(bool doubles, const hr_panel_rows *r, size_t bytes, const float *restrict x, double unit)
{
    const double shift = hr_unit_shift(unit);
    for (int64_t u = 0; u < r->users; u++) {
        __builtin_prefetch(x + row_of(r->user_row, u + AHEAD, r->users) * r->stride);
        hr_regs_store(&r->user[u], load_line(doubles, shift, x + r->user_row[u] * r->stride, bytes));
    }
    for (int64_t m = 0; m < r->movies; m++) {
        __builtin_prefetch(x + row_of(r->movie_row, m + AHEAD, r->movies) * r->stride);
        hr_regs_store(&r->movie[m].x, load_line(doubles, shift, x + r->movie_row[m] * r->stride, bytes));
        hr_regs_store(&r->movie[m].y, hr_regs_zero());
    }
}

HR_VARIANT(void load_floats(const hr_panel_rows *r, const float *x, double unit),
           bytes_of(r->columns) == FLOATS ? load(false, r, FLOATS, x, unit)
                                          : load(false, r, bytes_of(r->columns), x, unit))
HR_VARIANT(void load_doubles(const hr_panel_rows *r, const float *x, double unit),
           bytes_of(r->columns) == DOUBLES ? load(true, r, DOUBLES, x, unit)
                                           : load(true, r, bytes_of(r->columns), x, unit))

void HR_OF_ISA(hr_panel_rows_load)(const hr_panel_rows *rows, const float *x, double unit)
{
    (rows->doubles ? load_doubles : load_floats)(rows, x, unit);
}

/* Where sum number i is. */
HR_BODY void *sum_at(bool doubles, const hr_row_sums *y, int64_t i)
{
    return doubles ? (void *)(y->doubles + i) : (void *)(y->floats + i);
}

HR_BODY void store(bool doubles, const hr_panel_rows *r, const hr_row_sums *y, int64_t first)
{
    const size_t bytes = (size_t)r->columns * (doubles ? sizeof(double) : sizeof(float));
    for (int64_t u = 0; u < r->users; u++) {
        __builtin_prefetch(sum_at(doubles, y, row_of(r->user_row, u + AHEAD, r->users) * r->stride + first),
                           1);
        hr_regs_store_part(sum_at(doubles, y, r->user_row[u] * r->stride + first), hr_regs_load(&r->user[u]),
                           bytes);
    }
    for (int64_t m = 0; m < r->movies; m++) {
        __builtin_prefetch(sum_at(doubles, y, row_of(r->movie_row, m + AHEAD, r->movies) * r->stride + first),
                           1);
        hr_regs_store_part(sum_at(doubles, y, r->movie_row[m] * r->stride + first),
                           hr_regs_load(&r->movie[m].y), bytes);
    }
}

HR_VARIANT(void store_floats(const hr_panel_rows *r, const hr_row_sums *y, int64_t first),
           store(false, r, y, first))
HR_VARIANT(void store_doubles(const hr_panel_rows *r, const hr_row_sums *y, int64_t first),
           store(true, r, y, first))

void HR_OF_ISA(hr_panel_rows_store)(const hr_panel_rows *rows, const hr_row_sums *y, int64_t first)
{
    (rows->doubles ? store_doubles : store_floats)(rows, y, first);
}

/* scale (x + scale sum), without the sum in the first layer. */
HR_BODY hr_regs next_line(bool doubles, bool is_first, double shift, const float *x, size_t bytes,
                          float scale, const hr_line *sum)
{
    if (doubles) {
        const double by = (double)scale;
        hr_regs row = hr_regs_widen(x, bytes);
        if (!is_first)
            row = hr_regs_add_doubles(row, hr_regs_scale_doubles(by, hr_regs_load(sum)));
        return hr_regs_round_doubles(hr_regs_scale_doubles(by, row), shift);
    }
    hr_regs row = hr_regs_load_part(x, bytes);
    if (!is_first)
        row = hr_regs_add_scaled(true, row, scale, hr_regs_load(sum));
    return hr_regs_scale(scale, row);
}

HR_BODY void next_rows(bool doubles, const hr_panel_layer *l, size_t bytes, bool is_first,
                       const float *restrict x)
{
    const double shift = hr_unit_shift(l->unit);
    for (int64_t v = 0; v < l->users; v++) {
        __builtin_prefetch(x + (v + AHEAD) * l->stride);
        hr_regs_store(&l->user[v], next_line(doubles, is_first, shift, x + v * l->stride, bytes, l->scale[v],
                                             &l->user[v]));
    }
    for (int64_t v = l->users; v < l->rows; v++) {
        hr_movie_line *line = &l->movie[v - l->users];
        __builtin_prefetch(x + (v + AHEAD) * l->stride);
        hr_regs_store(&line->x,
                      next_line(doubles, is_first, shift, x + v * l->stride, bytes, l->scale[v], &line->y));
        hr_regs_store(&line->y, hr_regs_zero());
    }
}

HR_VARIANT(void next_floats(const hr_panel_layer *l, bool is_first, const float *x),
           bytes_of(l->columns) == FLOATS ? next_rows(false, l, FLOATS, is_first, x)
                                          : next_rows(false, l, bytes_of(l->columns), is_first, x))
HR_VARIANT(void next_doubles(const hr_panel_layer *l, bool is_first, const float *x),
           bytes_of(l->columns) == DOUBLES ? next_rows(true, l, DOUBLES, is_first, x)
                                           : next_rows(true, l, bytes_of(l->columns), is_first, x))

void HR_OF_ISA(hr_panel_layer_next)(const hr_panel_layer *layer, bool is_first, const float *x)
{
    (layer->doubles ? next_doubles : next_floats)(layer, is_first, x);
}

HR_BODY void last_line(bool doubles, float share, float scale, const hr_line *sum, const float *x, float *out,
                       size_t bytes)
{
    if (doubles) {
        const hr_regs scaled = hr_regs_scale_doubles((double)scale, hr_regs_load(sum));
        const hr_regs row = hr_regs_add_doubles(hr_regs_widen(x, bytes), scaled);
        hr_regs_narrow(out, hr_regs_scale_doubles((double)share, row), bytes);
    } else {
        const hr_regs row = hr_regs_add_scaled(true, hr_regs_load_part(x, bytes), scale, hr_regs_load(sum));
        hr_regs_store_part(out, hr_regs_scale(share, row), bytes);
    }
}

HR_BODY void last_rows(bool doubles, const hr_panel_layer *l, size_t bytes, float share, const float *x,
                       float *out)
{
    for (int64_t v = 0; v < l->rows; v++) {
        __builtin_prefetch(x + (v + AHEAD) * l->stride);
        __builtin_prefetch(out + (v + AHEAD) * l->stride, 1);
        last_line(doubles, share, l->scale[v], v < l->users ? &l->user[v] : &l->movie[v - l->users].y,
                  x + v * l->stride, out + v * l->stride, bytes);
    }
}

HR_VARIANT(void last_floats(const hr_panel_layer *l, float share, const float *x, float *out),
           bytes_of(l->columns) == FLOATS ? last_rows(false, l, FLOATS, share, x, out)
                                          : last_rows(false, l, bytes_of(l->columns), share, x, out))
HR_VARIANT(void last_doubles(const hr_panel_layer *l, float share, const float *x, float *out),
           bytes_of(l->columns) == DOUBLES ? last_rows(true, l, DOUBLES, share, x, out)
                                           : last_rows(true, l, bytes_of(l->columns), share, x, out))

void HR_OF_ISA(hr_panel_layer_last)(const hr_panel_layer *layer, float share, const float *x, float *out)
{
    (layer->doubles ? last_doubles : last_floats)(layer, share, x, out);
}
