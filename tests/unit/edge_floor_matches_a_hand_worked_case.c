/* The lower bound of an edge pass, on a graph and a machine small enough to work it out on paper. */
#include "bench/cache_misses.h"
#include "bench/edge_floor.h"
#include "tests/support/cmocka_tests.h"

#include <math.h>

static void assert_near(double found, double expected)
{
    if (fabs(found - expected) > 1e-12 * fabs(expected))
        fail_msg("found %.15g, expected %.15g", found, expected);
}

/* Line 0 is used 4 times, 1 three times, 2 and 3 twice each. */
static const int32_t uses[] = {0, 1, 2, 3, 0, 1, 0, 2, 3, 0, 1};
enum { USES = sizeof uses / sizeof *uses, LINES = 4 };

static void misses_are_those_of_the_better_rule(void **state)
{
    (void)state;
    hr_error err;
    int64_t misses = -1;
    /* The busiest two stay: the second uses of lines 2 and 3 miss. */
    assert_ok(hr_misses_of_busiest(uses, USES, LINES, 2, &misses, &err));
    assert_int_equal(misses, 2);
    /* The two used last stay: of 0 1 0 2 3 0 1, after the first four, only the second 0 is there. */
    assert_ok(hr_misses_of_recent(uses, USES, LINES, 2, &misses, &err));
    assert_int_equal(misses, 6);
    assert_ok(hr_cache_misses(uses, USES, LINES, 2, &misses, &err));
    assert_int_equal(misses, 2);
    /* A cache that holds all lines misses none. */
    assert_ok(hr_cache_misses(uses, USES, LINES, LINES, &misses, &err));
    assert_int_equal(misses, 0);
}

/* Lines in pairs, one pair after the other: what was used last is there, what is busiest is not. */
static void lines_used_together_stay(void **state)
{
    (void)state;
    static const int32_t pairs[] = {0, 1, 0, 1, 0, 1, 2, 3, 2, 3, 2, 3};
    hr_error err;
    int64_t misses = -1;
    assert_ok(hr_misses_of_busiest(pairs, 12, 4, 2, &misses, &err));
    assert_int_equal(misses, 4);
    assert_ok(hr_cache_misses(pairs, 12, 4, 2, &misses, &err));
    assert_int_equal(misses, 0);
}

/* 6 users, 4 movies and the 11 edges above; 32 columns are 2 panels. A first cache of 2 movies' lines (128 bytes
 * each), a second of 3, a third of 1,000 bytes. */
static const hr_caches caches = {{2 * 128, 3 * 128, 1000}};

static hr_edge_work work_of_the_case(void)
{
    hr_error err;
    hr_edge_work work;
    int32_t movies[USES];
    int64_t ptr[] = {0, 2, 4, 6, 8, 10, USES}; /* runs of two are too short for tiles */
    for (int i = 0; i < USES; i++)
        movies[i] = uses[i];
    const hr_shard shard = {.users = 6,
                            .movies = 4,
                            .owned = 10,
                            .edges = USES,
                            .user_slots = 6,
                            .movie_slots = LINES,
                            .edge_ptr = ptr,
                            .edge_movie = movies};
    assert_ok(hr_edge_work_count(&work, &shard, 32, &caches, 1, &err));
    return work;
}

static void work_is_counted(void **state)
{
    (void)state;
    const hr_edge_work work = work_of_the_case();
    assert_near(work.edges, 22.0);
    assert_near(work.additions, 2.0 * 11.0 * 32.0);
    /* 2 misses of 11 with two lines, 1 with three: one of the lines that were used twice stays. */
    assert_near(work.lines.near, 9.0 / 11.0);
    assert_near(work.lines.middle, 1.0 / 11.0);
    assert_near(work.lines.far, 1.0 / 11.0);
    assert_int_equal(work.lines.farthest, HR_L3);
    /* Rows: 10 x 32 floats in and out, 2,560 bytes. Indices of 4 bytes: 44, which stay in the second cache. */
    assert_near(work.third_bytes, 2560.0 + 44.0 - 384.0);
    assert_near(work.memory_bytes, 2560.0 + 44.0 - 1384.0);
}

/* Two users with runs of 3 and 4 edges in one tile: of 9 lines, 4 are read for the first time, and 2 are users'. */
static void tiles_are_counted(void **state)
{
    (void)state;
    hr_error err;
    hr_edge_work work;
    int32_t movies[] = {0, 1, 2, 0, 1, 2, 3};
    int64_t ptr[] = {0, 3, 7};
    const hr_shard shard = {.users = 2,
                            .movies = 4,
                            .owned = 6,
                            .edges = 7,
                            .user_slots = 2,
                            .movie_slots = 4,
                            .edge_ptr = ptr,
                            .edge_movie = movies};
    assert_ok(hr_edge_work_count(&work, &shard, 32, &caches, 1, &err));
    assert_near(work.edges, 14.0);
    assert_near(work.runs, 4.0);
    assert_near(work.lines.near, 3.0 / 9.0);
    assert_near(work.lines.middle, 2.0 / 9.0); /* four lines are more than the second cache has */
    assert_near(work.lines.far, 4.0 / 9.0);
    const hr_machine_rates rates = {.additions = 1e9};
    assert_near(hr_edge_floor_of(&work, &rates, 1.0).lines, 18.0);
}

static void floor_is_the_largest_term(void **state)
{
    (void)state;
    const hr_edge_work work = work_of_the_case();
    hr_machine_rates rates = {.read = {[HR_L3] = 50.0, [HR_DRAM] = 43.0},
                              .copy = {[HR_L3] = 143.0, [HR_DRAM] = 10.0},
                              .additions = 64.0};
    hr_edge_floor floor = hr_edge_floor_of(&work, &rates, 1.0);
    assert_near(floor.lines, 22.0);
    assert_near(floor.adding, 11.0);
    assert_near(floor.third, 2220.0 / 143.0); /* at the higher rate, that of copying */
    assert_near(floor.memory, 1220.0 / 43.0);
    assert_near(floor.seconds, 1220.0 / 43.0);
    rates.additions = 16.0;
    floor = hr_edge_floor_of(&work, &rates, 1.0);
    assert_near(floor.seconds, 44.0);
    /* A machine without a third cache has no time for it. */
    rates.read[HR_L3] = rates.copy[HR_L3] = 0.0;
    floor = hr_edge_floor_of(&work, &rates, 1.0);
    assert_near(floor.third, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(misses_are_those_of_the_better_rule),
                                       cmocka_unit_test(lines_used_together_stay),
                                       cmocka_unit_test(work_is_counted), cmocka_unit_test(tiles_are_counted),
                                       cmocka_unit_test(floor_is_the_largest_term)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
