/* A large sparse graph's rows are in order of clusters, so that a user's movies are near one another. */
#include "io/base/memory.h"
#include "io/base/philox.h"
#include "partition/cut/clusters.h"
#include "partition/plan/plan_lists.h"
#include "tests/support/cmocka_tests.h"

enum { USERS = 12000, MOVIES = 33000, EACH = 8, TOWNS = 33 };

static void so_many_are_looked_for(void **state)
{
    (void)state;
    assert_int_equal(hr_cluster_count((hr_graph_size){6040, 3706, 1000000}), 1);
    assert_int_equal(hr_cluster_count((hr_graph_size){138493, 26744, 16000000}), 1); /* dense */
    assert_int_equal(hr_cluster_count((hr_graph_size){30000, 40596, 543004}), 39);
    assert_int_equal(hr_cluster_count((hr_graph_size){1000000, 1000000, 10000000}), 64);
}

/* Each user has movies of one town, the movies whose number leaves the town's when divided by TOWNS. */
static void build_towns(hr_graph *graph)
{
    hr_error err;
    static int64_t ptr[USERS + 1];
    static int32_t movie[USERS * EACH];
    static uint8_t split[USERS * EACH];
    const int64_t share = MOVIES / TOWNS / EACH; /* one of so many of the town's movies, EACH times */
    for (int64_t u = 0; u < USERS; u++) {
        ptr[u + 1] = ptr[u] + EACH;
        for (int64_t i = 0; i < EACH; i++) {
            const uint32_t word = hr_philox(1, HR_STREAM_SYNTH, 0, (uint64_t)(ptr[u] + i)).word[0];
            movie[ptr[u] + i] = (int32_t)((i * share + word % share) * TOWNS + u % TOWNS);
        }
    }
    const hr_ratings ratings = {
        .users = USERS, .movies = MOVIES, .count = USERS * EACH, .ptr = ptr, .movie = movie, .split = split};
    assert_int_equal(hr_graph_build(graph, &ratings, &err), HR_OK);
}

static const hr_plan *measured;

static hr_status add_distances(void *sum, const hr_slot_lists *lists, hr_error *err)
{
    (void)err;
    for (int64_t s = lists->slots.first, e = 0; s < lists->slots.end; e += measured->slot_edges[s++])
        for (int64_t i = 1; i < measured->slot_edges[s]; i++)
            *(double *)sum += lists->edge_movie[e + i] - lists->edge_movie[e + i - 1];
    return HR_OK;
}

/* The mean distance between the slots of a user's next movies, of one part. */
static double mean_distance(const hr_plan *plan, const hr_graph *graph)
{
    hr_error err;
    double sum = 0.0;
    measured = plan;
    assert_int_equal(hr_plan_each_list(plan, graph, add_distances, &sum, &err), HR_OK);
    return sum / (double)plan->edges;
}

static void movies_of_a_user_are_near(void **state)
{
    (void)state;
    hr_error err;
    hr_graph graph = {0};
    hr_plan without = {0}, with = {0};
    int32_t *owner = hr_alloc(USERS + MOVIES, sizeof *owner);
    build_towns(&graph);
    assert_int_equal(hr_plan_build(&without, &graph, owner, 1, &err), HR_OK);
    assert_int_equal(hr_clusters_find(&graph, HR_CUT_METIS, 1, &err), HR_OK);
    assert_non_null(graph.cluster);
    assert_int_equal(hr_plan_build(&with, &graph, owner, 1, &err), HR_OK);
    assert_true(hr_plan_is_valid(&with));
    assert_true(mean_distance(&with, &graph) < 0.5 * mean_distance(&without, &graph));
    const int32_t right = with.cluster[with.vertex[0]]; /* the first user would come last */
    with.cluster[with.vertex[0]] = 1 << 20;
    assert_false(hr_plan_is_valid(&with));
    with.cluster[with.vertex[0]] = right;
    free(owner);
    hr_plan_free(&with);
    hr_plan_free(&without);
    hr_graph_free(&graph);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(so_many_are_looked_for),
        cmocka_unit_test(movies_of_a_user_are_near),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
