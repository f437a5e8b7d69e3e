#include "trainer/kernels/panel_rows.h"

HR_BODY void load_line(bool doubles, double shift, hr_f32x16 *line, const float *from, size_t bytes)
{
    if (doubles) {
        hr_f64x8 row;
        hr_widen(&row, from, bytes);
        *line = (hr_f32x16)(row + shift - shift);
    } else {
        hr_lanes_load(line, from, bytes);
    }
}

HR_BODY void load(bool doubles, const hr_panel_rows *r, const float *restrict x, double unit)
{
    const double shift = hr_unit_shift(unit);
    const size_t bytes = (size_t)r->columns * sizeof *x;
    for (int64_t u = 0; u < r->users; u++)
        load_line(doubles, shift, &r->user[u], x + r->user_row[u] * r->stride, bytes);
    for (int64_t m = 0; m < r->movies; m++) {
        load_line(doubles, shift, &r->movie[m].x, x + r->movie_row[m] * r->stride, bytes);
        r->movie[m].y = (hr_f32x16){0};
    }
}

HR_VARIANT(void load_floats(const hr_panel_rows *r, const float *x, double unit), load(false, r, x, unit))
HR_VARIANT(void load_doubles(const hr_panel_rows *r, const float *x, double unit), load(true, r, x, unit))

void hr_panel_rows_load(const hr_panel_rows *rows, const float *x, double unit)
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
    for (int64_t u = 0; u < r->users; u++)
        hr_lanes_store(sum_at(doubles, y, r->user_row[u] * r->stride + first), &r->user[u], bytes);
    for (int64_t m = 0; m < r->movies; m++)
        hr_lanes_store(sum_at(doubles, y, r->movie_row[m] * r->stride + first), &r->movie[m].y, bytes);
}

HR_VARIANT(void store_floats(const hr_panel_rows *r, const hr_row_sums *y, int64_t first),
           store(false, r, y, first))
HR_VARIANT(void store_doubles(const hr_panel_rows *r, const hr_row_sums *y, int64_t first),
           store(true, r, y, first))

void hr_panel_rows_store(const hr_panel_rows *rows, const hr_row_sums *y, int64_t first)
{
    (rows->doubles ? store_doubles : store_floats)(rows, y, first);
}

/* z = scale (x + scale sum), without the sum in the first layer. */
HR_BODY void next_line(bool doubles, bool is_first, double unit, const float *x, size_t bytes, float scale,
                       const hr_f32x16 *sum, hr_f32x16 *z)
{
    if (doubles) {
        const double by = (double)scale, shift = hr_unit_shift(unit);
        hr_f64x8 row;
        hr_widen(&row, x, bytes);
        if (!is_first)
            row += by * (hr_f64x8)*sum;
        *z = (hr_f32x16)(by * row + shift - shift);
    } else {
        hr_f32x16 row;
        hr_lanes_load(&row, x, bytes);
        *z = scale * (is_first ? row : row + scale * *sum);
    }
}

HR_BODY void next_rows(bool doubles, const hr_panel_layer *l, bool is_first, const float *restrict x)
{
    const size_t bytes = (size_t)l->columns * sizeof *x;
    for (int64_t v = 0; v < l->users; v++)
        next_line(doubles, is_first, l->unit, x + v * l->stride, bytes, l->scale[v], &l->user[v],
                  &l->user[v]);
    for (int64_t v = l->users; v < l->rows; v++) {
        hr_movie_line *line = &l->movie[v - l->users];
        next_line(doubles, is_first, l->unit, x + v * l->stride, bytes, l->scale[v], &line->y, &line->x);
        line->y = (hr_f32x16){0};
    }
}

HR_VARIANT(void next_floats(const hr_panel_layer *l, bool is_first, const float *x),
           next_rows(false, l, is_first, x))
HR_VARIANT(void next_doubles(const hr_panel_layer *l, bool is_first, const float *x),
           next_rows(true, l, is_first, x))

void hr_panel_layer_next(const hr_panel_layer *layer, bool is_first, const float *x)
{
    (layer->doubles ? next_doubles : next_floats)(layer, is_first, x);
}

HR_BODY void last_line(bool doubles, float share, float scale, const hr_f32x16 *sum, const float *x,
                       float *out, size_t bytes)
{
    if (doubles) {
        hr_f64x8 row;
        hr_widen(&row, x, bytes);
        row += (double)scale * (hr_f64x8)*sum;
        row *= (double)share;
        hr_narrow(out, &row, bytes);
    } else {
        hr_f32x16 row;
        hr_lanes_load(&row, x, bytes);
        row = share * (row + scale * *sum);
        hr_lanes_store(out, &row, bytes);
    }
}

HR_BODY void last_rows(bool doubles, const hr_panel_layer *l, float share, const float *x, float *out)
{
    const size_t bytes = (size_t)l->columns * sizeof *x;
    for (int64_t v = 0; v < l->rows; v++)
        last_line(doubles, share, l->scale[v], v < l->users ? &l->user[v] : &l->movie[v - l->users].y,
                  x + v * l->stride, out + v * l->stride, bytes);
}

HR_VARIANT(void last_floats(const hr_panel_layer *l, float share, const float *x, float *out),
           last_rows(false, l, share, x, out))
HR_VARIANT(void last_doubles(const hr_panel_layer *l, float share, const float *x, float *out),
           last_rows(true, l, share, x, out))

void hr_panel_layer_last(const hr_panel_layer *layer, float share, const float *x, float *out)
{
    (layer->doubles ? last_doubles : last_floats)(layer, share, x, out);
}
