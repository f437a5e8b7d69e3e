#include "trainer/propagation/panel.h"

#include "io/base/memory.h"

#include <omp.h>

/* Cuts the users into halves of groups, of evenly many edges. */
static void cut_users(hr_panels *panels)
{
    const hr_shard *shard = panels->shard;
    const int halves = 2 * panels->groups;
    int64_t user = 0;
    for (int h = 0; h < halves; h++) {
        panels->first_user[h] = user;
        while (user < shard->user_slots && shard->edge_ptr[user] < shard->edges / halves * (h + 1))
            user++;
    }
    panels->first_user[halves] = shard->user_slots;
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

hr_status hr_panels_create(hr_panels *panels, const hr_shard *shard, int64_t cols, bool exact, hr_error *err)
{
    hr_status status = HR_OK;
    *panels =
        (hr_panels){.shard = shard, .exact = exact, .cols = cols, .lanes = exact ? HR_LANES / 2 : HR_LANES};
    panels->count = (int)((cols + panels->lanes - 1) / panels->lanes);
    panels->groups = (omp_get_max_threads() + panels->count - 1) / panels->count;
    HR_ALLOC(panels->first_user, 2 * (int64_t)panels->groups + 1);
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

/* a += the weight of edge e, 1 where there are no weights, times b. */
static inline __attribute__((always_inline)) void add_edge(bool exact, const float *weight, int64_t e,
                                                           hr_f32x16 *a, const hr_f32x16 *b)
{
    if (!weight)
        hr_line_add(exact, a, b);
    else if (exact)
        *a = (hr_f32x16)((hr_f64x8)*a + (double)weight[e] * (hr_f64x8)*b);
    else
        *a += weight[e] * *b;
}

/* The users first … end - 1. One body for all kinds of edges and lines: `narrow` and `weight` are constants
 * where NULL, `exact` always. Sums go by two registers, for an addition takes longer than an edge. */
static inline __attribute__((always_inline)) void
walk(bool exact, const hr_shard *shard, const uint16_t *restrict narrow, const float *restrict weight,
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
            add_edge(exact, weight, e, &even, &a->x);
            add_edge(exact, weight, e, &a->y, &user);
            add_edge(exact, weight, e + 1, &odd, &b->x);
            add_edge(exact, weight, e + 1, &b->y, &user);
        }
        if (e < ptr[u + 1]) {
            hr_movie_line *a = &movies[narrow ? narrow[e] : wide[e]];
            add_edge(exact, weight, e, &even, &a->x);
            add_edge(exact, weight, e, &a->y, &user);
        }
        hr_line_add(exact, &even, &odd);
        users[u] = even;
    }
}

/* A walk of users first … end - 1. */
typedef void group_walk(const hr_panels *panels, const hr_panel *panel, const float *weight,
                        hr_movie_line *movies, int64_t first, int64_t end);

/* One of them, compiled for a kind of lines and of edges. */
#define WALK(name, exact, narrow, weight)                                                                    \
    HR_SIMD static void name(const hr_panels *panels, const hr_panel *panel, const float *weights,           \
                             hr_movie_line *movies, int64_t first, int64_t end)                              \
    {                                                                                                        \
        (void)weights;                                                                                       \
        walk((exact), panels->shard, (narrow), (weight), panel->user, movies, first, end);                   \
    }
#define WALKS(name, exact)                                                                                   \
    WALK(name##_narrow, exact, panels->edge_movie, NULL)                                                     \
    WALK(name##_wide, exact, NULL, NULL)                                                                     \
    WALK(name##_weighted, exact, NULL, weights)

WALKS(walk_floats, false)
WALKS(walk_doubles, true)

/* By kind of lines, then of edges. */
enum { NARROW, WIDE, WEIGHTED, EDGE_KINDS };
static group_walk *const walks[2][EDGE_KINDS] = {
    {walk_floats_narrow, walk_floats_wide, walk_floats_weighted},
    {walk_doubles_narrow, walk_doubles_wide, walk_doubles_weighted}};

/* Halves from … to - 1 of a group. */
static void walk_group(const hr_panels *panels, const hr_panel *panel, int group, int from, int to,
                       const float *weight)
{
    const int64_t movie_slots = panels->shard->movie_slots;
    hr_movie_line *movies = panel->movie + group * movie_slots;
    const int64_t *first = panels->first_user + 2 * group;
    if (group > 0 && from == 0)
        for (int64_t m = 0; m < movie_slots; m++)
            movies[m] = (hr_movie_line){.x = panel->movie[m].x};
    const int kind = weight ? WEIGHTED : panels->edge_movie ? NARROW : WIDE;
    walks[panels->exact][kind](panels, panel, weight, movies, first[from], first[to]);
}

static void sum_groups(const hr_panels *panels, const hr_panel *panel)
{
    const int64_t movie_slots = panels->shard->movie_slots;
    for (int g = 1; g < panels->groups; g++)
        for (int64_t m = 0; m < movie_slots; m++)
            hr_line_add(panels->exact, &panel->movie[m].y, &panel->movie[g * movie_slots + m].y);
}

/* Halves from … to - 1 of all groups; whoever comes to the end sums them up. */
static void walk_panels(hr_panels *panels, int first, int count, int from, int to, const float *weight)
{
#pragma omp parallel
    {
#pragma omp for schedule(dynamic, 1)
        for (int i = 0; i < count * panels->groups; i++)
            walk_group(panels, &panels->panel[first + i / panels->groups], i % panels->groups, from, to,
                       weight);
#pragma omp for schedule(static)
        for (int p = first; p < first + count; p++)
            if (to == 2)
                sum_groups(panels, &panels->panel[p]);
    }
}

void hr_panels_sweep(hr_panels *panels, int first, int count, const float *weight)
{
    walk_panels(panels, first, count, 0, 2, weight);
}

void hr_panels_sweep_half(hr_panels *panels, int first, int count, hr_sweep_half half)
{
    walk_panels(panels, first, count, (int)half, (int)half + 1, NULL);
}
