#include "trainer/panel.h"

#include "io/memory.h"

#include <omp.h>

/* Cuts the users into groups of evenly many edges. */
static void cut_users(hr_panels *panels)
{
    const hr_shard *shard = panels->shard;
    int64_t user = 0;
    for (int g = 0; g < panels->groups; g++) {
        panels->first_user[g] = user;
        while (user < shard->user_slots && shard->edge_ptr[user] < shard->edges / panels->groups * (g + 1))
            user++;
    }
    panels->first_user[panels->groups] = shard->user_slots;
}

static hr_status narrow_edges(hr_panels *panels, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_shard *shard = panels->shard;
    if (shard->movie_slots > UINT16_MAX + 1)
        return HR_OK;
    HR_ALLOC(panels->edge_movie, shard->edges);
    for (int64_t e = 0; e < shard->edges; e++)
        panels->edge_movie[e] = (uint16_t)shard->edge_movie[e];
done:
    return status;
}

hr_status hr_panels_create(hr_panels *panels, const hr_shard *shard, int64_t cols, hr_error *err)
{
    hr_status status = HR_OK;
    *panels = (hr_panels){.shard = shard};
    panels->count = (int)((cols + HR_LANES - 1) / HR_LANES);
    panels->groups = (omp_get_max_threads() + panels->count - 1) / panels->count;
    HR_ALLOC(panels->first_user, panels->groups + 1);
    cut_users(panels);
    HR_TRY(narrow_edges(panels, err));
    HR_ALLOC(panels->panel, panels->count);
    for (int p = 0; p < panels->count; p++) {
        HR_ALLOC(panels->panel[p].user, shard->user_slots);
        HR_ALLOC(panels->panel[p].movie, panels->groups * shard->movie_slots);
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
    }
    free(panels->panel);
    free(panels->edge_movie);
    free(panels->first_user);
    *panels = (hr_panels){0};
}

/* The users first … end - 1. One body for three kinds of edges: `narrow` and `weight` are constants where
 * NULL. Sums go by two registers, for an addition takes longer than an edge. */
static inline __attribute__((always_inline)) void
walk(const hr_shard *shard, const uint16_t *restrict narrow, const float *restrict weight,
     hr_f32x16 *restrict users, hr_movie_line *restrict movies, int64_t first, int64_t end)
{
    const int64_t *restrict ptr = shard->edge_ptr;
    const int32_t *restrict wide = shard->edge_movie;
    for (int64_t u = first; u < end; u++) {
        const hr_f32x16 user = users[u];
        hr_f32x16 even = {0}, odd = {0};
        int64_t e = ptr[u];
        for (; e + 1 < ptr[u + 1]; e += 2) {
            hr_movie_line *a = &movies[narrow ? narrow[e] : wide[e]];
            hr_movie_line *b = &movies[narrow ? narrow[e + 1] : wide[e + 1]];
            even += weight ? weight[e] * a->x : a->x;
            a->y += weight ? weight[e] * user : user;
            odd += weight ? weight[e + 1] * b->x : b->x;
            b->y += weight ? weight[e + 1] * user : user;
        }
        if (e < ptr[u + 1]) {
            hr_movie_line *a = &movies[narrow ? narrow[e] : wide[e]];
            even += weight ? weight[e] * a->x : a->x;
            a->y += weight ? weight[e] * user : user;
        }
        users[u] = even + odd;
    }
}

HR_SIMD static void walk_narrow(const hr_panels *panels, const hr_panel *panel, hr_movie_line *movies,
                                int64_t first, int64_t end)
{
    walk(panels->shard, panels->edge_movie, NULL, panel->user, movies, first, end);
}

HR_SIMD static void walk_wide(const hr_panels *panels, const hr_panel *panel, hr_movie_line *movies,
                              int64_t first, int64_t end)
{
    walk(panels->shard, NULL, NULL, panel->user, movies, first, end);
}

HR_SIMD static void walk_weighted(const hr_panels *panels, const hr_panel *panel, const float *weight,
                                  hr_movie_line *movies, int64_t first, int64_t end)
{
    walk(panels->shard, NULL, weight, panel->user, movies, first, end);
}

static void walk_group(const hr_panels *panels, const hr_panel *panel, int group, const float *weight)
{
    const int64_t movie_slots = panels->shard->movie_slots;
    hr_movie_line *movies = panel->movie + group * movie_slots;
    const int64_t first = panels->first_user[group], end = panels->first_user[group + 1];
    if (group > 0)
        for (int64_t m = 0; m < movie_slots; m++)
            movies[m] = (hr_movie_line){.x = panel->movie[m].x};
    if (weight)
        walk_weighted(panels, panel, weight, movies, first, end);
    else if (panels->edge_movie)
        walk_narrow(panels, panel, movies, first, end);
    else
        walk_wide(panels, panel, movies, first, end);
}

static void sum_groups(const hr_panels *panels, const hr_panel *panel)
{
    const int64_t movie_slots = panels->shard->movie_slots;
    for (int g = 1; g < panels->groups; g++)
        for (int64_t m = 0; m < movie_slots; m++)
            panel->movie[m].y += panel->movie[g * movie_slots + m].y;
}

void hr_panels_walk(hr_panels *panels, int first, int count, const float *weight)
{
#pragma omp parallel
    {
#pragma omp for schedule(dynamic, 1)
        for (int i = 0; i < count * panels->groups; i++)
            walk_group(panels, &panels->panel[first + i / panels->groups], i % panels->groups, weight);
#pragma omp for schedule(static)
        for (int p = first; p < first + count; p++)
            sum_groups(panels, &panels->panel[p]);
    }
}
