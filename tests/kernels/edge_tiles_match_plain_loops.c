/* Sums over the runs of a tile: floats and doubles, runs of any length, sums that are not empty before. */
#include "tests/kernels/support/checks.h"
#include "trainer/kernels/edge_sweep.h"

#include <stdlib.h>
#include <string.h>

enum { USERS = 9, MOVIES = 11, RUNS = 6, EDGES = 21 };
static const hr_edge_run run[RUNS + HR_RUNS_AHEAD] = {{7, 8}, {0, 5}, {8, 4}, {2, 2}, {3, 1}, {5, 1}};

typedef struct panel {
    hr_line *row, *sum;
    hr_movie_line *movie;
} panel;

static hr_line *lines(bool doubles, int64_t count, uint32_t draw)
{
    return doubles ? (hr_line *)some_doubles(count * HR_LANES / 2, draw) : some_lines(count, draw);
}

static panel some_panel(bool doubles)
{
    return (panel){lines(doubles, USERS, 1), lines(doubles, USERS, 2),
                   (hr_movie_line *)lines(doubles, 2 * (int64_t)MOVIES, 3)};
}

static void panel_free(panel *p)
{
    free(p->row);
    free(p->sum);
    free(p->movie);
}

/* Checks lane c against sums from the lines as they were. */
static void check_lane(bool doubles, const panel *found, const panel *before, const uint8_t *movie, int64_t c)
{
    double sum[USERS], y[MOVIES];
    int64_t e = 0;
    for (int u = 0; u < USERS; u++)
        sum[u] = lane_of(doubles, &before->sum[u], c);
    for (int m = 0; m < MOVIES; m++)
        y[m] = lane_of(doubles, &before->movie[m].y, c);
    for (int r = 0; r < RUNS; r++)
        for (int i = 0; i < run[r].edges; i++, e++) {
            sum[run[r].user] += lane_of(doubles, &before->movie[movie[e]].x, c);
            y[movie[e]] += lane_of(doubles, &before->row[run[r].user], c);
        }
    for (int u = 0; u < USERS; u++)
        check_number("sum of a user", doubles, lane_of(doubles, &found->sum[u], c), sum[u]);
    for (int m = 0; m < MOVIES; m++)
        check_number("sum of a movie", doubles, lane_of(doubles, &found->movie[m].y, c), y[m]);
}

static void sums_over_runs(void)
{
    uint8_t movie[EDGES];
    for (int e = 0; e < EDGES; e++)
        movie[e] = (uint8_t)((e * 4 + e / 8) % MOVIES);
    const hr_edge_tile tile = {run, RUNS, movie};
    for (int doubles = 0; doubles < 2; doubles++) {
        panel found = some_panel(doubles), before = some_panel(doubles);
        hr_edge_tile_sweep(doubles, &tile, found.row, found.sum, found.movie);
        for (int64_t c = 0; c < (doubles ? HR_LANES / 2 : HR_LANES); c++)
            check_lane(doubles, &found, &before, movie, c);
        check_that("a row was changed", memcmp(found.row, before.row, USERS * sizeof *found.row) == 0);
        if (doubles) {
            keep_bits(found.sum, USERS * sizeof *found.sum);
            keep_bits(found.movie, MOVIES * sizeof *found.movie);
        }
        panel_free(&before);
        panel_free(&found);
    }
}

RUN_CHECKS(sums_over_runs)
