#include "trainer/propagation/edge_pass.h"

#include "io/base/memory.h"
#include "trainer/kernels/panel_rows.h"

#include <omp.h>
#include <string.h>

struct hr_edge_pass {
    int64_t cols;
    hr_panels panels; /* of some columns at a time: a panel a thread, which stays in the cache */
};

hr_status hr_edge_pass_create(hr_edge_pass **out, const hr_shard *shard, int64_t cols, hr_summation how,
                              hr_error *err)
{
    hr_status status = HR_OK;
    hr_edge_pass *pass = NULL;
    const int64_t at_once =
        (int64_t)omp_get_max_threads() * (how == HR_SUM_REPRODUCIBLE ? HR_LANES / 2 : HR_LANES);
    *out = NULL;
    HR_ALLOC(pass, 1);
    pass->cols = cols;
    HR_TRY(hr_panels_create(&pass->panels, shard, cols < at_once ? cols : at_once, how, err));
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
    hr_panels_free(&pass->panels);
    free(pass);
}

/* The rows of panel number `panel`, of which the first column of the matrix is `first`. */
static hr_panel_rows rows_of(const hr_edge_pass *pass, int panel, int64_t first)
{
    const hr_panels *panels = &pass->panels;
    const hr_shard *shard = panels->shard;
    const int64_t left = pass->cols - first;
    return (hr_panel_rows){.doubles = panels->doubles,
                           .user = panels->panel[panel].user,
                           .movie = panels->panel[panel].movie,
                           .users = shard->user_slots,
                           .movies = shard->movie_slots,
                           .user_row = shard->user_row,
                           .movie_row = shard->movie_row,
                           .stride = pass->cols,
                           .columns = left < panels->lanes ? left : panels->lanes};
}

void hr_edge_pass_run(hr_edge_pass *pass, const float *weight, const float *x, const hr_row_sums *y)
{
    const hr_panels *panels = &pass->panels;
    for (int64_t done = 0; done < pass->cols; done += panels->count * panels->lanes) {
        const int64_t left = (pass->cols - done + panels->lanes - 1) / panels->lanes;
        const int count = left < panels->count ? (int)left : panels->count;
#pragma omp parallel for schedule(static)
        for (int p = 0; p < count; p++) {
            const int64_t first = done + p * panels->lanes;
            const hr_panel_rows rows = rows_of(pass, p, first);
            hr_panel_rows_load(&rows, x + first, y->unit);
        }
        hr_panels_sweep(&pass->panels, 0, count, weight);
#pragma omp parallel for schedule(static)
        for (int p = 0; p < count; p++) {
            const int64_t first = done + p * panels->lanes;
            const hr_panel_rows rows = rows_of(pass, p, first);
            hr_panel_rows_store(&rows, y, first);
        }
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
