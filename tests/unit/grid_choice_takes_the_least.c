/* Of all grids the one that waits for the fewest bytes is chosen; where memory is short, one that fits; where
 * none does, the smallest. */
#include "tests/support/cmocka_tests.h"
#include "tests/support/toy.h"
#include "trainer/run/grid_choice.h"

enum { RANKS = 4, GRIDS = 3 };

static const hr_partition_origin origin = {.method = HR_CUT_METIS, .seed = 1};

static hr_train_config resolved(const hr_graph *graph, const hr_train_options *options)
{
    hr_error err = {""};
    hr_train_config config;
    assert_ok(hr_train_config_resolve(options, (hr_graph_size){graph->users, graph->movies, graph->edges},
                                      &config, &err));
    return config;
}

/* What 1x4, 2x2 and 4x1 cost. */
static void cost_all(const hr_graph *graph, const hr_train_config *config, hr_grid_cost costs[GRIDS])
{
    hr_error err = {""};
    for (int i = 0; i < GRIDS; i++) {
        hr_plan plan = {0};
        assert_ok(hr_partition_plan(&plan, graph, &origin, 1 << i, &err));
        assert_ok(hr_grid_cost_of(&plan, RANKS >> i, config, &costs[i], &err));
        hr_plan_free(&plan);
    }
}

static hr_grid_cost chosen(const hr_graph *graph, const hr_train_config *config, int64_t memory)
{
    hr_error err = {""};
    hr_plan plan = {0};
    hr_grid_cost cost;
    assert_ok(hr_grid_choose(graph, &origin, config, RANKS, memory, &plan, &cost, &err));
    assert_int_equal(plan.parts, cost.shape.parts);
    assert_int_equal(cost.shape.parts * cost.shape.groups, RANKS);
    hr_plan_free(&plan);
    return cost;
}

static void check(int64_t users, int64_t movies, double density, int64_t batch)
{
    hr_graph graph = toy_graph(users, movies, density, 3);
    hr_train_options options = hr_train_defaults;
    hr_grid_cost costs[GRIDS];
    options.batch = batch;
    const hr_train_config config = resolved(&graph, &options);
    cost_all(&graph, &config, costs);
    int64_t fewest = INT64_MAX, least = INT64_MAX;
    for (int i = 0; i < GRIDS; i++) {
        const int64_t waits = hr_grid_waits(&costs[i], &config);
        fewest = waits < fewest ? waits : fewest;
        least = costs[i].memory < least ? costs[i].memory : least;
    }
    const hr_grid_cost any = chosen(&graph, &config, 0), fitting = chosen(&graph, &config, least);
    const hr_grid_cost none = chosen(&graph, &config, 1);
    assert_int_equal(hr_grid_waits(&any, &config), fewest);
    assert_int_equal(fitting.memory, least);
    assert_int_equal(none.memory, least);
    hr_graph_free(&graph);
}

static void on_several_graphs(void **state)
{
    (void)state;
    check(300, 200, 0.1, 64);     /* few samples: columns are cheap to share out */
    check(300, 200, 0.1, 100000); /* many: their scores are not */
    check(50, 400, 0.05, 2000);
}

static void a_rank_has_no_less_than_a_vector_of_columns(void **state)
{
    (void)state;
    hr_graph graph = toy_graph(300, 200, 0.1, 3);
    hr_train_options options = hr_train_defaults;
    options.batch = 64;
    options.dim = 32;
    hr_train_config config = resolved(&graph, &options);
    assert_true(chosen(&graph, &config, 0).shape.groups <= 2);
    options.dim = 16;
    config = resolved(&graph, &options);
    assert_int_equal(chosen(&graph, &config, 0).shape.groups, 1);
    hr_graph_free(&graph);
}

/* A sample's scores and gradients: those of BPR's two movies, not of all candidates. */
static void the_loss_is_resolved(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_graph graph = toy_graph(300, 200, 0.1, 3);
    hr_plan plan = {0};
    hr_grid_cost usual, bpr, softmax;
    hr_train_options options = hr_train_defaults;
    assert_ok(hr_partition_plan(&plan, &graph, &origin, 1, &err));
    hr_train_config config = resolved(&graph, &options);
    assert_ok(hr_grid_cost_of(&plan, 2, &config, &usual, &err));
    options.loss = HR_LOSS_BPR;
    config = resolved(&graph, &options);
    assert_ok(hr_grid_cost_of(&plan, 2, &config, &bpr, &err));
    options.loss = HR_LOSS_SOFTMAX;
    config = resolved(&graph, &options);
    assert_ok(hr_grid_cost_of(&plan, 2, &config, &softmax, &err));
    assert_int_equal(usual.loss_bytes, bpr.loss_bytes);
    assert_true(bpr.loss_bytes < softmax.loss_bytes);
    hr_plan_free(&plan);
    hr_graph_free(&graph);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(on_several_graphs),
                                       cmocka_unit_test(the_loss_is_resolved),
                                       cmocka_unit_test(a_rank_has_no_less_than_a_vector_of_columns)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
