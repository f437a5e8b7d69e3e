#include "trainer/propagation/edge_pass.h"

#include "io/base/memory.h"

#include <omp.h>
#include <string.h>

struct hr_edge_pass {
    int64_t cols;
    hr_panels room; /* the columns being walked: a panel a thread, which stays in the cache */
};

hr_status hr_edge_pass_create(hr_edge_pass **out, const hr_shard *shard, int64_t cols, bool exact,
                              hr_error *err)
{
    hr_status status = HR_OK;
    hr_edge_pass *pass = NULL;
    const int64_t at_once = (int64_t)omp_get_max_threads() * (exact ? HR_LANES / 2 : HR_LANES);
    *out = NULL;
    HR_ALLOC(pass, 1);
    pass->cols = cols;
    HR_TRY(hr_panels_create(&pass->room, shard, cols < at_once ? cols : at_once, exact, err));
    *out = pass;
done:
    if (status != HR_OK)
        hr_edge_pass_destroy(pass);
    return status;
}

void hr_edge_pass_destroy(hr_edge_pass *pass)
{
    if (!pass)
        return;
    hr_panels_free(&pass->room);
    free(pass);
}

/* Columns of a line that begins at `first`. */
static int64_t columns_from(const hr_edge_pass *pass, int64_t first)
{
    const int64_t left = pass->cols - first;
    return left < pass->room.lanes ? left : pass->room.lanes;
}

/* A line of a row as it is walked. */
static inline __attribute__((always_inline)) void load_line(bool exact, double shift, hr_f32x16 *line,
                                                            const float *from, size_t bytes)
{
    if (exact) {
        hr_f64x8 row;
        hr_widen(&row, from, bytes);
        *line = (hr_f32x16)(row + shift - shift);
    } else {
        hr_lanes_load(line, from, bytes);
    }
}

/* Columns of a panel, from `first` on, rounded to the unit of exact sums. */
static inline __attribute__((always_inline)) void load(bool exact, const hr_edge_pass *pass,
                                                       const hr_panel *panel, int64_t first,
                                                       const float *restrict x, double unit)
{
    const hr_shard *shard = pass->room.shard;
    const double shift = hr_exact_shift(unit);
    const size_t bytes = (size_t)columns_from(pass, first) * sizeof *x;
    for (int64_t u = 0; u < shard->user_slots; u++)
        load_line(exact, shift, &panel->user[u], x + shard->user_row[u] * pass->cols + first, bytes);
    for (int64_t m = 0; m < shard->movie_slots; m++) {
        load_line(exact, shift, &panel->movie[m].x, x + shard->movie_row[m] * pass->cols + first, bytes);
        panel->movie[m].y = (hr_f32x16){0};
    }
}

/* Where sum number i goes. */
static inline __attribute__((always_inline)) void *place_of(bool exact, const hr_row_sums *y, int64_t i)
{
    return exact ? (void *)(y->exact + i) : (void *)(y->floats + i);
}

static inline __attribute__((always_inline)) void
store(bool exact, const hr_edge_pass *pass, const hr_panel *panel, int64_t first, const hr_row_sums *y)
{
    const hr_shard *shard = pass->room.shard;
    const size_t bytes = (size_t)columns_from(pass, first) * (exact ? sizeof(double) : sizeof(float));
    for (int64_t u = 0; u < shard->user_slots; u++)
        hr_lanes_store(place_of(exact, y, shard->user_row[u] * pass->cols + first), &panel->user[u], bytes);
    for (int64_t m = 0; m < shard->movie_slots; m++)
        hr_lanes_store(place_of(exact, y, shard->movie_row[m] * pass->cols + first), &panel->movie[m].y,
                       bytes);
}

/* The two, compiled for floats and for doubles. */
HR_SIMD static void load_floats(const hr_edge_pass *pass, const hr_panel *panel, int64_t first,
                                const float *x, double unit)
{
    load(false, pass, panel, first, x, unit);
}

HR_SIMD static void load_doubles(const hr_edge_pass *pass, const hr_panel *panel, int64_t first,
                                 const float *x, double unit)
{
    load(true, pass, panel, first, x, unit);
}

HR_SIMD static void store_floats(const hr_edge_pass *pass, const hr_panel *panel, int64_t first,
                                 const hr_row_sums *y)
{
    store(false, pass, panel, first, y);
}

HR_SIMD static void store_doubles(const hr_edge_pass *pass, const hr_panel *panel, int64_t first,
                                  const hr_row_sums *y)
{
    store(true, pass, panel, first, y);
}

void hr_edge_pass_run(hr_edge_pass *pass, const float *weight, const float *x, const hr_row_sums *y)
{
    const hr_panels *room = &pass->room;
    for (int64_t done = 0; done < pass->cols; done += room->count * room->lanes) {
        const int64_t left = (pass->cols - done + room->lanes - 1) / room->lanes;
        const int count = left < room->count ? (int)left : room->count;
#pragma omp parallel for schedule(static)
        for (int p = 0; p < count; p++)
            (room->exact ? load_doubles : load_floats)(pass, &room->panel[p], done + p * room->lanes, x,
                                                       y->unit);
        hr_panels_sweep(&pass->room, 0, count, weight);
#pragma omp parallel for schedule(static)
        for (int p = 0; p < count; p++)
            (room->exact ? store_doubles : store_floats)(pass, &room->panel[p], done + p * room->lanes, y);
    }
}

void hr_edge_pass_reference(const hr_shard *shard, const float *weight, const float *restrict x,
                            float *restrict y, int64_t cols)
{
    memset(y, 0, (size_t)((shard->owned + shard->ghosts) * cols) * sizeof *y);
    for (int64_t u = 0; u < shard->user_slots; u++)
        for (int64_t e = shard->edge_ptr[u]; e < shard->edge_ptr[u + 1]; e++)
            for (int64_t c = 0; c < cols; c++) {
                const int64_t user = shard->user_row[u] * cols + c;
                const int64_t movie = shard->movie_row[shard->edge_movie[e]] * cols + c;
                const float w = weight ? weight[e] : 1.0F;
                y[user] += w * x[movie];
                y[movie] += w * x[user];
            }
}
