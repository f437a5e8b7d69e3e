/* For many graphs, numbers of parts and methods: each edge is on one part, with both ends there; there are as
 * many ghosts as an independent maximum matching has edges; shards read from the file hold the plan's
 * vertices and lists. */
#include "partition/cut/cut.h"
#include "partition/halo/shard.h"
#include "partition/plan/partition_file.h"
#include "partition/plan/plan.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/imported.h"
#include "tests/support/matching.h"
#include "tests/support/toy.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char file_name[] = "/tmp/halorec-plan-XXXXXX";

static int64_t edge_number(const hr_graph *graph, int64_t user, int64_t movie)
{
    for (int64_t e = graph->user_ptr[user]; e < graph->user_ptr[user + 1]; e++)
        if (graph->user_movie[e] == movie)
            return e;
    return -1;
}

/* Counts the shard's edges in `seen` by their number in the graph, and checks the users' lists. */
static void check_shard(const hr_graph *graph, const hr_shard *shard, unsigned char *seen)
{
    for (int64_t u = 0; u < shard->user_slots; u++) {
        const int64_t user = shard->vertex[shard->user_row[u]];
        assert_int_equal(shard->first_edge[u], graph->user_ptr[user]);
        assert_int_equal(shard->rated_ptr[u + 1] - shard->rated_ptr[u], graph->degree[user]);
        assert_memory_equal(shard->rated_movie + shard->rated_ptr[u],
                            graph->user_movie + graph->user_ptr[user],
                            (size_t)graph->degree[user] * sizeof(int32_t));
        for (int64_t e = shard->edge_ptr[u]; e < shard->edge_ptr[u + 1]; e++) {
            const int64_t movie = shard->vertex[shard->movie_row[shard->edge_movie[e]]] - graph->users;
            const int64_t number = edge_number(graph, user, movie);
            assert_true(number >= 0);
            assert_int_equal(seen[number]++, 0);
        }
    }
    for (int64_t v = 0; v < shard->owned; v++)
        assert_int_equal(shard->degree[v], graph->degree[shard->vertex[v]]);
}

/* Size of a maximum matching of the edges between parts p and q. */
static int64_t pair_matching(const hr_graph *graph, const int32_t *owner, int32_t p, int32_t q)
{
    const int64_t vertices = graph->users + graph->movies;
    int64_t *ptr = calloc((size_t)vertices + 1, sizeof *ptr), edges = 0;
    int32_t *right_of = calloc((size_t)graph->edges + 1, sizeof *right_of);
    for (int64_t v = 0; v < vertices; v++) {
        const int64_t own = v < graph->users ? v : v - graph->users;
        const int64_t *from = v < graph->users ? graph->user_ptr : graph->movie_ptr;
        const int32_t *to = v < graph->users ? graph->user_movie : graph->movie_user;
        for (int64_t e = from[own]; owner[v] == p && e < from[own + 1]; e++) {
            const int64_t other = to[e] + (v < graph->users ? graph->users : 0);
            if (owner[other] == q)
                right_of[edges++] = (int32_t)other;
        }
        ptr[v + 1] = edges;
    }
    const hr_bipartite pair = {vertices, vertices, ptr, right_of};
    const int64_t size = largest_matching(&pair);
    free(right_of);
    free(ptr);
    return size;
}

static void check_plan(const hr_graph *graph, int32_t parts, hr_cut_method method)
{
    hr_error err = {""};
    hr_plan plan = {0};
    hr_plan_summary summary;
    hr_partition_origin origin = {.fingerprint = "f", .method = method, .seed = 5};
    hr_h5 *file = NULL;
    int32_t *owner = calloc((size_t)(graph->users + graph->movies), sizeof *owner);
    unsigned char *seen = calloc((size_t)graph->edges, 1);
    int64_t matching = 0;
    assert_ok(hr_cut(graph, parts, method, 5, owner, &err));
    assert_ok(hr_plan_build(&plan, graph, owner, parts, &err));
    assert_ok(hr_partition_write(&plan, graph, &origin, file_name, &err));
    assert_ok(hr_partition_open(&file, &origin, &summary, file_name, &err));
    for (int32_t p = 0; p < parts; p++) {
        hr_shard shard = {0};
        assert_ok(hr_shard_read(&shard, file, p, &err));
        check_shard(graph, &shard, seen);
        hr_shard_free(&shard);
        for (int32_t q = p + 1; q < parts; q++)
            matching += pair_matching(graph, owner, p, q);
    }
    for (int64_t e = 0; e < graph->edges; e++)
        assert_int_equal(seen[e], 1);
    assert_int_equal(summary.ghosts, matching);
    assert_int_equal(summary.matching, matching);
    assert_true(summary.ghosts <= summary.usual_halo);
    hr_h5_close(file);
    hr_plan_free(&plan);
    free(seen);
    free(owner);
}

static void random_graphs(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        hr_graph graph = toy_graph(20 + 10 * (int64_t)seed, 35, 0.05 * (double)seed, seed);
        for (int32_t parts = 1; parts <= 7; parts++)
            for (hr_cut_method method = HR_CUT_METIS; method <= HR_CUT_STREAM; method++)
                check_plan(&graph, parts, method);
        hr_graph_free(&graph);
    }
}

static void more_parts_than_busy_vertices(void **state)
{
    (void)state;
    hr_graph graph = toy_graph(3, 4, 0.4, 1);
    for (hr_cut_method method = HR_CUT_METIS; method <= HR_CUT_STREAM; method++)
        check_plan(&graph, 7, method);
    hr_error err = {""};
    int32_t owner[7];
    assert_fails(hr_cut(&graph, 8, HR_CUT_METIS, 1, owner, &err), HR_USAGE, "expected 1 to 7");
    assert_fails(hr_cut(&graph, 0, HR_CUT_METIS, 1, owner, &err), HR_USAGE, "expected 1 to 7");
    hr_graph_free(&graph);
}

static void real_ratings(void **state)
{
    (void)state;
    hr_error err = {""};
    const char *path = real_data("ml-latest-small-lightgcn");
    if (!path)
        skip();
    const hr_ingest_options options = IMPORT_DEFAULTS;
    hr_dataset data = {0};
    hr_ingest_report report;
    hr_graph graph = {0};
    assert_ok(import_path(path, &options, &data, &report, &err));
    assert_ok(hr_graph_build(&graph, &data.ratings, &err));
    assert_ok(hr_graph_transpose(&graph, &err));
    check_plan(&graph, 2, HR_CUT_METIS);
    check_plan(&graph, 3, HR_CUT_STREAM);
    hr_graph_free(&graph);
    hr_dataset_free(&data);
}

static int remove_file(void **state)
{
    (void)state;
    return unlink(file_name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_graphs),
        cmocka_unit_test(more_parts_than_busy_vertices),
        cmocka_unit_test(real_ratings),
    };
    const int made = mkstemp(file_name);
    if (made < 0)
        return 1;
    close(made);
    return cmocka_run_group_tests(tests, NULL, remove_file);
}
