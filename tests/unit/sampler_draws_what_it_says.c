/* By edge: each train edge once an epoch. By user: users evenly. Mixed: a quarter by edge. On several parts
 * together: the same as on one. */
#include "tests/support/cmocka_tests.h"
#include "tests/support/shard_of.h"
#include "tests/support/toy.h"
#include "trainer/sampling/sampler.h"

#include <math.h>
#include <stdlib.h>

enum { USERS = 30, MOVIES = 25, BATCH = 64 };

/* Adds the positives that a part draws in one step to counts[user x MOVIES + movie]; how many there were. */
static int64_t draw(const hr_graph *graph, int32_t parts, hr_sample_mode mode, int64_t step, int *counts)
{
    hr_positive positives[BATCH];
    int64_t drawn = 0;
    for (int32_t part = 0; part < parts; part++) {
        hr_error err;
        hr_locate locate = {0};
        hr_shard shard = shard_of(graph, parts, part);
        assert_ok(hr_locate_build(&locate, &shard, &err));
        const hr_sampler sampler = {&locate, mode, 11, BATCH};
        const int64_t here = hr_sampler_draw(&sampler, step, positives);
        for (int64_t i = 0; i < here; i++) {
            const int64_t user = shard.vertex[positives[i].user_row];
            const int64_t movie = shard.vertex[positives[i].movie_row] - USERS;
            assert_true(hr_locate_rated(&shard, positives[i].user_slot, (int32_t)movie));
            counts[user * MOVIES + movie]++;
        }
        drawn += here;
        hr_locate_free(&locate);
        hr_shard_free(&shard);
    }
    return drawn;
}

static void an_epoch_visits_each_edge_once(void **state)
{
    (void)state;
    hr_graph graph = toy_graph(USERS, MOVIES, 0.3, 2);
    int *counts = calloc(USERS * MOVIES, sizeof *counts);
    const int64_t steps = (graph.edges + BATCH - 1) / BATCH;
    int64_t drawn = 0;
    for (int64_t step = steps; step < 2 * steps; step++) /* the second epoch */
        drawn += draw(&graph, 3, HR_SAMPLE_EDGE, step, counts);
    assert_int_equal(drawn, graph.edges);
    for (int i = 0; i < USERS * MOVIES; i++)
        assert_true(counts[i] <= 1);
    free(counts);
    hr_graph_free(&graph);
}

static void parts_together_draw_what_one_draws(void **state)
{
    (void)state;
    hr_graph graph = toy_graph(USERS, MOVIES, 0.3, 2);
    for (hr_sample_mode mode = HR_SAMPLE_USER; mode <= HR_SAMPLE_MIXED; mode++) {
        int one[USERS * MOVIES] = {0}, four[USERS * MOVIES] = {0};
        assert_int_equal(draw(&graph, 1, mode, 3, one), draw(&graph, 4, mode, 3, four));
        assert_memory_equal(one, four, sizeof one);
    }
    hr_graph_free(&graph);
}

/* Users with `users` of 1 evenly, the rest of the samples in the share of their edges. */
static void expect_users(hr_sample_mode mode, double users)
{
    hr_graph graph = toy_graph(USERS, MOVIES, 0.3, 2);
    int counts[USERS * MOVIES] = {0};
    const int steps = 150;
    for (int64_t step = 0; step < steps; step++)
        draw(&graph, 1, mode, step, counts);
    for (int64_t u = 0; u < USERS; u++) {
        const double edges = (double)(graph.user_ptr[u + 1] - graph.user_ptr[u]) / (double)graph.edges;
        const double expected = (double)steps * BATCH * (users / USERS + (1.0 - users) * edges);
        int drawn = 0;
        for (int m = 0; m < MOVIES; m++)
            drawn += counts[u * MOVIES + m];
        assert_true(fabs(drawn - expected) < 6.0 * sqrt(expected));
    }
    hr_graph_free(&graph);
}

static void users_are_drawn_evenly(void **state)
{
    (void)state;
    expect_users(HR_SAMPLE_USER, 1.0);
}

static void a_quarter_is_drawn_by_edge(void **state)
{
    (void)state;
    expect_users(HR_SAMPLE_MIXED, 0.75);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_epoch_visits_each_edge_once),
        cmocka_unit_test(parts_together_draw_what_one_draws),
        cmocka_unit_test(users_are_drawn_evenly),
        cmocka_unit_test(a_quarter_is_drawn_by_edge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
