/* A sweep by tiles adds up the same edges as a sweep in the shard's order: whole numbers, so that sums of floats are
 * exact, of several blocks of users and movies, in one range and in several, some of them empty. */
#include "io/base/philox.h"
#include "tests/support/cmocka_tests.h"
#include "trainer/propagation/tiled_edges.h"

#include <stdlib.h>
#include <string.h>

enum { USERS = 2 * HR_TILE_USERS + 100, MOVIES = 2 * HR_TILE_MOVIES + 30, MOST_EDGES = USERS * 40 };

/* Users have up to 39 of the movies, the first ones more often; a few have all movies of a block, a few none. */
static bool is_edge(int64_t user, int64_t movie)
{
    if (user % 500 == 0)
        return movie < HR_TILE_MOVIES;
    const hr_random4 draw = hr_philox(5, HR_STREAM_SYNTH, (uint32_t)user, (uint64_t)movie);
    return user % 7 > 0 && hr_uniform(draw.word[0]) < 4.0 / (double)(40 + movie);
}

static hr_shard some_shard(void)
{
    hr_shard shard = {.user_slots = USERS, .movie_slots = MOVIES};
    shard.edge_ptr = calloc(USERS + 1, sizeof *shard.edge_ptr);
    shard.edge_movie = calloc(MOST_EDGES, sizeof *shard.edge_movie);
    for (int64_t u = 0; u < USERS; u++) {
        for (int64_t m = 0; m < MOVIES; m++)
            if (is_edge(u, m) && shard.edges < MOST_EDGES)
                shard.edge_movie[shard.edges++] = (int32_t)m;
        shard.edge_ptr[u + 1] = shard.edges;
    }
    assert_in_range(shard.edges, USERS * 5, MOST_EDGES - 1);
    return shard;
}

typedef struct panel {
    hr_line *user, *sums;
    hr_movie_line *movie;
} panel;

static panel some_panel(void)
{
    panel p = {aligned_alloc(64, USERS * sizeof(hr_line)), aligned_alloc(64, HR_TILE_USERS * sizeof(hr_line)),
               aligned_alloc(64, MOVIES * sizeof(hr_movie_line))};
    for (int64_t i = 0; i < USERS * HR_LANES; i++)
        p.user[i / HR_LANES].floats[i % HR_LANES] = (float)(i % 11 - 5);
    for (int64_t m = 0; m < MOVIES; m++)
        for (int64_t c = 0; c < HR_LANES; c++) {
            p.movie[m].x.floats[c] = (float)((m + c) % 7 - 3);
            p.movie[m].y.floats[c] = (float)((m * c) % 5);
        }
    return p;
}

static void panel_free(panel *p)
{
    free(p->user);
    free(p->sums);
    free(p->movie);
}

static void check(const hr_shard *shard, const int64_t *first_user, int ranges)
{
    hr_error err;
    hr_tiled_edges tiled = {0};
    panel found = some_panel(), expected = some_panel();
    const hr_edge_sweep plain = {false, shard->edge_ptr, shard->edge_movie,
                                 NULL,  expected.user,   expected.movie};
    assert_ok(hr_tiled_edges_create(&tiled, shard, first_user, ranges, &err));
    hr_tiled_edges_sweep(&tiled, false, 0, 1, found.user, found.movie, found.sums);
    hr_tiled_edges_sweep(&tiled, false, 1, ranges, found.user, found.movie, found.sums);
    hr_edge_sweep_run(&plain, 0, USERS);
    assert_memory_equal(found.user, expected.user, USERS * sizeof *found.user);
    assert_memory_equal(found.movie, expected.movie, MOVIES * sizeof *found.movie);
    hr_tiled_edges_free(&tiled);
    panel_free(&found);
    panel_free(&expected);
}

static void any_ranges(void **state)
{
    (void)state;
    hr_shard shard = some_shard();
    check(&shard, (const int64_t[]){0, USERS}, 1);
    check(&shard, (const int64_t[]){0, 17, 17, HR_TILE_USERS + 1, USERS}, 4);
    free(shard.edge_ptr);
    free(shard.edge_movie);
}

/* Long runs: every user rates the same few movies. Short ones: each movie is in a block of its own. */
static void tiles_are_for_long_runs(void **state)
{
    (void)state;
    hr_error err;
    bool faster = false;
    int64_t ptr[] = {0, 4, 8};
    int32_t near[] = {0, 1, 2, 3, 0, 1, 2, 3}, far[8];
    for (int i = 0; i < 8; i++)
        far[i] = i % 4 * HR_TILE_MOVIES;
    hr_shard shard = {.user_slots = 2, .movie_slots = 4, .edges = 8, .edge_ptr = ptr, .edge_movie = near};
    assert_ok(hr_tiled_edges_are_faster(&shard, &faster, &err));
    assert_true(faster);
    shard.edge_movie = far;
    shard.movie_slots = 3 * HR_TILE_MOVIES + 1;
    assert_ok(hr_tiled_edges_are_faster(&shard, &faster, &err));
    assert_false(faster);
    memset(ptr, 0, sizeof ptr);
    shard.edges = 0;
    assert_ok(hr_tiled_edges_are_faster(&shard, &faster, &err));
    assert_false(faster);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_ranges),
                                       cmocka_unit_test(tiles_are_for_long_runs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
