#include "trainer/edge_pass.h"

#include "io/memory.h"

#include <omp.h>
#include <string.h>

struct hr_edge_pass {
    int64_t cols;
    hr_panels room; /* the columns being walked: a panel a thread, which stays in the cache */
};

hr_status hr_edge_pass_create(hr_edge_pass **out, const hr_shard *shard, int64_t cols, hr_error *err)
{
    hr_status status = HR_OK;
    hr_edge_pass *pass = NULL;
    const int64_t at_once = (int64_t)omp_get_max_threads() * HR_LANES;
    *out = NULL;
    HR_ALLOC(pass, 1);
    pass->cols = cols;
    HR_TRY(hr_panels_create(&pass->room, shard, cols < at_once ? cols : at_once, false, err));
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

HR_SIMD static void load(const hr_edge_pass *pass, const hr_panel *panel, int64_t first,
                         const float *restrict x)
{
    const hr_shard *shard = pass->room.shard;
    const size_t bytes = hr_lanes_bytes(pass->cols, first);
    for (int64_t u = 0; u < shard->user_slots; u++)
        hr_lanes_load(&panel->user[u], x + shard->user_row[u] * pass->cols + first, bytes);
    for (int64_t m = 0; m < shard->movie_slots; m++) {
        hr_lanes_load(&panel->movie[m].x, x + shard->movie_row[m] * pass->cols + first, bytes);
        panel->movie[m].y = (hr_f32x16){0};
    }
}

HR_SIMD static void store(const hr_edge_pass *pass, const hr_panel *panel, int64_t first, float *restrict y)
{
    const hr_shard *shard = pass->room.shard;
    const size_t bytes = hr_lanes_bytes(pass->cols, first);
    for (int64_t u = 0; u < shard->user_slots; u++)
        hr_lanes_store(y + shard->user_row[u] * pass->cols + first, &panel->user[u], bytes);
    for (int64_t m = 0; m < shard->movie_slots; m++)
        hr_lanes_store(y + shard->movie_row[m] * pass->cols + first, &panel->movie[m].y, bytes);
}

void hr_edge_pass_run(hr_edge_pass *pass, const float *weight, const float *restrict x, float *restrict y)
{
    const hr_panel *panel = pass->room.panel;
    for (int64_t done = 0; done < pass->cols; done += (int64_t)pass->room.count * HR_LANES) {
        const int64_t left = (pass->cols - done + HR_LANES - 1) / HR_LANES;
        const int count = left < pass->room.count ? (int)left : pass->room.count;
#pragma omp parallel for schedule(static)
        for (int p = 0; p < count; p++)
            load(pass, &panel[p], done + p * HR_LANES, x);
        hr_panels_walk(&pass->room, 0, count, weight);
#pragma omp parallel for schedule(static)
        for (int p = 0; p < count; p++)
            store(pass, &panel[p], done + p * HR_LANES, y);
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
