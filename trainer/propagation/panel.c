#include "trainer/propagation/panel.h"

#include "io/base/even.h"
#include "io/base/memory.h"

#include <omp.h>

/* Tiles the edges where that is faster. */
static hr_status tile_edges(hr_panels *panels, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_tiled_edges_are_faster(panels->shard, &panels->is_tiled, err));
    if (panels->is_tiled)
        HR_TRY(hr_tiled_edges_create(&panels->tiled, panels->shard, panels->first_user, 2 * panels->groups,
                                     err));
done:
    return status;
}

hr_status hr_panels_create(hr_panels *panels, const hr_shard *shard, int64_t cols, hr_summation how,
                           hr_error *err)
{
    hr_status status = HR_OK;
    const bool doubles = how == HR_SUM_REPRODUCIBLE;
    *panels = (hr_panels){
        .shard = shard, .doubles = doubles, .cols = cols, .lanes = doubles ? HR_LANES / 2 : HR_LANES};
    panels->count = (int)((cols + panels->lanes - 1) / panels->lanes);
    panels->groups = (omp_get_max_threads() + panels->count - 1) / panels->count;
    HR_ALLOC(panels->first_user, 2 * (int64_t)panels->groups + 1);
    /* halves of groups */
    hr_even_groups(shard->edge_ptr, shard->user_slots, 2 * panels->groups, panels->first_user);
    HR_TRY(tile_edges(panels, err));
    HR_ALLOC(panels->panel, panels->count);
    for (int p = 0; p < panels->count; p++) {
        HR_ALLOC_SHARED(panels->panel[p].user, shard->user_slots);
        HR_ALLOC_SHARED(panels->panel[p].movie, panels->groups * shard->movie_slots);
        if (panels->is_tiled)
            HR_ALLOC(panels->panel[p].sums, panels->groups * (int64_t)HR_TILE_USERS);
    }
done:
    if (status != HR_OK)
        hr_panels_free(panels);
    return status;
}

void hr_panels_free(hr_panels *panels)
{
    for (int p = 0; panels->panel && p < panels->count; p++) {
        free(panels->panel[p].user);
        free(panels->panel[p].movie);
        free(panels->panel[p].sums);
    }
    free(panels->panel);
    hr_tiled_edges_free(&panels->tiled);
    free(panels->first_user);
    *panels = (hr_panels){0};
}

/* Halves from … to - 1 of a group. */
static void sweep_group(const hr_panels *panels, const hr_panel *panel, int group, int from, int to,
                        const float *weight)
{
    const hr_shard *shard = panels->shard;
    const int64_t *first = panels->first_user + 2 * group;
    const hr_edge_sweep sweep = {.doubles = panels->doubles,
                                 .ptr = shard->edge_ptr,
                                 .edge_movie = shard->edge_movie,
                                 .weight = weight,
                                 .user = panel->user,
                                 .movie = panel->movie + group * shard->movie_slots};
    if (group > 0 && from == 0)
        for (int64_t m = 0; m < shard->movie_slots; m++)
            sweep.movie[m] = (hr_movie_line){.x = panel->movie[m].x};
    if (panels->is_tiled && !weight)
        hr_tiled_edges_sweep(&panels->tiled, panels->doubles, 2 * group + from, 2 * group + to, sweep.user,
                             sweep.movie, panel->sums + group * (int64_t)HR_TILE_USERS);
    else
        hr_edge_sweep_run(&sweep, first[from], first[to]);
}

static void sum_groups(const hr_panels *panels, const hr_panel *panel)
{
    const int64_t movie_slots = panels->shard->movie_slots;
    for (int g = 1; g < panels->groups; g++)
        hr_movie_lines_add(panels->doubles, panel->movie, panel->movie + g * movie_slots, movie_slots);
}

/* Halves from … to - 1 of all groups, which are summed after the last half. */
static void sweep_panels(hr_panels *panels, int first, int count, int from, int to, const float *weight)
{
#pragma omp parallel
    {
#pragma omp for schedule(dynamic, 1)
        for (int i = 0; i < count * panels->groups; i++)
            sweep_group(panels, &panels->panel[first + i / panels->groups], i % panels->groups, from, to,
                        weight);
#pragma omp for schedule(static)
        for (int p = first; p < first + count; p++)
            if (to == 2)
                sum_groups(panels, &panels->panel[p]);
    }
}

void hr_panels_sweep(hr_panels *panels, int first, int count, const float *weight)
{
    sweep_panels(panels, first, count, 0, 2, weight);
}

void hr_panels_sweep_half(hr_panels *panels, int first, int count, hr_sweep_half half)
{
    sweep_panels(panels, first, count, (int)half, (int)half + 1, NULL);
}
