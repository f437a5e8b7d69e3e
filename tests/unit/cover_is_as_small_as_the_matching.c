/* The cover touches every edge and is as large as a maximum matching, which the test finds by another method.
 * */
#include "io/base/philox.h"
#include "partition/plan/cover.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/matching.h"
#include "tests/support/toy.h"

#include <stdlib.h>

static void check_cover(const hr_bipartite *graph)
{
    hr_error err;
    uint8_t *in_left = calloc((size_t)graph->left + 1, 1), *in_right = calloc((size_t)graph->right + 1, 1);
    int64_t size = -1, matching = -1, counted = 0;
    assert_ok(hr_cover(graph, in_left, in_right, &size, &matching, &err));
    for (int64_t l = 0; l < graph->left; l++) {
        counted += in_left[l];
        for (int64_t e = graph->ptr[l]; e < graph->ptr[l + 1]; e++)
            assert_true(in_left[l] || in_right[graph->right_of[e]]);
    }
    for (int64_t r = 0; r < graph->right; r++)
        counted += in_right[r];
    assert_int_equal(size, counted);
    assert_int_equal(size, matching);
    assert_int_equal(matching, largest_matching(graph));
    free(in_right);
    free(in_left);
}

static void random_graphs(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        const hr_random4 r = hr_philox(seed, HR_STREAM_SYNTH, 9, 0);
        const int64_t users = 1 + r.word[0] % 40, movies = 1 + r.word[1] % 40;
        hr_graph graph = toy_graph(users, movies, 0.02 + 0.5 * hr_uniform(r.word[2]), seed);
        const hr_bipartite pair = {users, movies, graph.user_ptr, graph.user_movie};
        check_cover(&pair);
        hr_graph_free(&graph);
    }
}

static void a_star_is_covered_by_its_centre(void **state)
{
    (void)state;
    const int64_t ptr[] = {0, 4};
    const int32_t right_of[] = {0, 1, 2, 3};
    const hr_bipartite star = {1, 4, ptr, right_of};
    hr_error err;
    uint8_t in_left[1], in_right[4];
    int64_t size = 0, matching = 0;
    assert_ok(hr_cover(&star, in_left, in_right, &size, &matching, &err));
    assert_int_equal(size, 1);
    assert_int_equal(in_left[0], 1);
}

static void a_graph_without_edges_needs_no_cover(void **state)
{
    (void)state;
    const int64_t ptr[] = {0, 0, 0};
    const hr_bipartite empty = {2, 0, ptr, NULL};
    check_cover(&empty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_graphs),
        cmocka_unit_test(a_star_is_covered_by_its_centre),
        cmocka_unit_test(a_graph_without_edges_needs_no_cover),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
