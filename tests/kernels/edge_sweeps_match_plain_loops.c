/* Sums over edges of panels' lines: floats and doubles, weighted or not; sums of copies. */
#include "tests/kernels/support/checks.h"
#include "trainer/kernels/edge_sweep.h"

#include <stdlib.h>
#include <string.h>

enum { USERS = 6, MOVIES = 7, EDGES = 20 };
static const int64_t ptr[USERS + 1] = {0, 3, 3, 4, 10, 12, EDGES};

typedef struct lines {
    hr_line *user;
    hr_movie_line *movie;
} lines;

static lines some_panel(bool doubles)
{
    if (!doubles)
        return (lines){some_lines(USERS, 1), (hr_movie_line *)some_lines(2 * MOVIES, 2)};
    return (lines){(hr_line *)some_doubles(USERS * HR_LANES / 2, 1),
                   (hr_movie_line *)some_doubles(MOVIES * HR_LANES, 2)};
}

static void panel_free(lines *panel)
{
    free(panel->movie);
    free(panel->user);
}

/* Lane c of a user's and of a movie's sums, from the lines as they were. */
static double user_sum(const hr_edge_sweep *s, const lines *before, int64_t u, int64_t c)
{
    double sum = 0.0;
    for (int64_t e = ptr[u]; e < ptr[u + 1]; e++)
        sum += (s->weight ? (double)s->weight[e] : 1.0) *
               lane_of(s->doubles, &before->movie[s->edge_movie[e]].x, c);
    return sum;
}

static double movie_sum(const hr_edge_sweep *s, const lines *before, int64_t m, int64_t c)
{
    double sum = lane_of(s->doubles, &before->movie[m].y, c);
    for (int64_t u = 0; u < USERS; u++)
        for (int64_t e = ptr[u]; e < ptr[u + 1]; e++)
            if (s->edge_movie[e] == m)
                sum += (s->weight ? (double)s->weight[e] : 1.0) * lane_of(s->doubles, &before->user[u], c);
    return sum;
}

static void sweep(bool doubles, bool is_weighted)
{
    int32_t movie[EDGES];
    float weight[EDGES];
    lines panel = some_panel(doubles), before = some_panel(doubles);
    for (int e = 0; e < EDGES; e++) {
        movie[e] = (e * 5 + e / 7) % MOVIES;
        weight[e] = (float)(e % 5 - 2);
    }
    const hr_edge_sweep s = {doubles, ptr, movie, is_weighted ? weight : NULL, panel.user, panel.movie};
    hr_edge_sweep_run(&s, 0, 4);
    hr_edge_sweep_run(&s, 4, USERS);
    for (int64_t c = 0; c < (doubles ? HR_LANES / 2 : HR_LANES); c++) {
        for (int64_t u = 0; u < USERS; u++)
            check_number("sum of a user", doubles, lane_of(doubles, &panel.user[u], c),
                         user_sum(&s, &before, u, c));
        for (int64_t m = 0; m < MOVIES; m++)
            check_number("sum of a movie", doubles, lane_of(doubles, &panel.movie[m].y, c),
                         movie_sum(&s, &before, m, c));
    }
    if (doubles) {
        keep_bits(panel.user, USERS * sizeof *panel.user);
        keep_bits(panel.movie, MOVIES * sizeof *panel.movie);
    }
    panel_free(&before);
    panel_free(&panel);
}

static void sums_over_edges(void)
{
    for (int way = 0; way < 4; way++)
        sweep(way & 1, way & 2);
}

static void sums_of_copies(void)
{
    for (int doubles = 0; doubles < 2; doubles++) {
        lines to = some_panel(doubles), before = some_panel(doubles), from = some_panel(doubles);
        hr_movie_lines_add(doubles, to.movie, from.movie + 1, MOVIES - 1);
        for (int64_t m = 0; m < MOVIES - 1; m++) {
            check_that("a row was changed", memcmp(&to.movie[m].x, &before.movie[m].x, sizeof(hr_line)) == 0);
            for (int64_t c = 0; c < (doubles ? HR_LANES / 2 : HR_LANES); c++)
                check_number("sum of copies", doubles, lane_of(doubles, &to.movie[m].y, c),
                             lane_of(doubles, &before.movie[m].y, c) +
                                 lane_of(doubles, &from.movie[m + 1].y, c));
        }
        panel_free(&from);
        panel_free(&before);
        panel_free(&to);
    }
}

/* Lane c of the sum of a movie after a sweep by N'N. */
static double gram_sum(const int32_t *movie, const float *factor, const hr_movie_line *before, int64_t m,
                       int64_t c)
{
    double sum = (double)before[m].y.floats[c];
    for (int64_t u = 0; u < USERS; u++)
        for (int64_t e = ptr[u]; e < ptr[u + 1]; e++)
            for (int64_t d = ptr[u]; movie[e] == m && d < ptr[u + 1]; d++)
                sum += (double)factor[u] * (double)before[movie[d]].x.floats[c];
    return sum;
}

static void sweeps_by_gram(void)
{
    int32_t movie[EDGES];
    float *factor = some_floats(USERS + MOVIES, 5);
    lines panel = some_panel(false), before = some_panel(false), swept = some_panel(false);
    hr_line *base = some_lines(MOVIES, 6), *to = some_lines(MOVIES, 7);
    for (int e = 0; e < EDGES; e++)
        movie[e] = (e * 5 + e / 7) % MOVIES;
    const hr_gram_sweep s = {ptr, movie, factor, panel.movie};
    hr_gram_sweep_run(&s, 0, 4, EDGES);
    hr_gram_sweep_run(&s, 4, USERS, EDGES);
    memcpy(swept.movie, panel.movie, MOVIES * sizeof *swept.movie);
    hr_gram_lines_next(panel.movie, factor + USERS, -1.5F, base, to, MOVIES);
    for (int64_t m = 0; m < MOVIES; m++)
        for (int64_t c = 0; c < HR_LANES; c++) {
            const double scale = (double)factor[USERS + m], y = (double)swept.movie[m].y.floats[c];
            check_number("sum by N'N", false, y, gram_sum(movie, factor, before.movie, m, c));
            check_number("value", false, (double)to[m].floats[c],
                         (double)base[m].floats[c] - 1.5 * scale * y);
            check_number("next row", false, (double)panel.movie[m].x.floats[c],
                         scale * (double)to[m].floats[c]);
            check_that("the sum is not 0", panel.movie[m].y.floats[c] == 0.0F);
        }
    keep_bits(to, MOVIES * sizeof *to);
    panel_free(&panel);
    panel_free(&before);
    panel_free(&swept);
    free(base);
    free(to);
    free(factor);
}

RUN_CHECKS(sums_over_edges, sums_of_copies, sweeps_by_gram)
