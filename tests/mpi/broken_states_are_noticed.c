/* ranks: 1 3 */
/* A rank's graph and the state of a run are valid as they are made; each invariant that is broken is noticed. */
#include "tests/support/toy_run.h"
#include "trainer/models/mf.h"
#include "trainer/run/state.h"

enum { DIM = 8 };

static hr_graph_context graph;

static int open_graph(void **state)
{
    (void)state;
    toy_write(&world, "d.h5", 40, 30, 0.3, 0);
    toy_cut(&world, "d.h5", "k.h5", HR_CUT_METIS, world.size);
    toy_open(&graph, &world, "k.h5", DIM);
    return 0;
}

static int close_graph(void **state)
{
    (void)state;
    hr_graph_context_free(&graph);
    return 0;
}

static void a_graph(void **state)
{
    (void)state;
    assert_true(hr_graph_context_is_valid(&graph));
    assert_noticed(hr_graph_context_is_valid(&graph), graph.shard.part, world.rank + 1);
    assert_noticed(hr_graph_context_is_valid(&graph), graph.shard.degree[0], -1);
    assert_noticed(hr_graph_context_is_valid(&graph), graph.grid.columns, DIM + 1);
    assert_noticed(hr_graph_context_is_valid(&graph), graph.halo, NULL);
    assert_noticed(hr_graph_context_is_valid(&graph), graph.blocks, NULL);
    assert_noticed(hr_graph_context_is_valid(&graph), graph.movie_owner[0], world.size);
    assert_noticed(hr_graph_context_is_valid(&graph), graph.rated_count, 31);
    assert_noticed(hr_graph_context_is_valid(&graph), graph.rated[1], graph.rated[0]);
    assert_noticed(hr_graph_context_is_valid(&graph), graph.feature_count, 5);
    assert_noticed(hr_graph_context_is_valid(&graph), graph.lowest_rating, graph.highest_rating + 1.0);
}

static void a_state(void **unused)
{
    (void)unused;
    hr_error err = {""};
    hr_state state = {0};
    assert_ok(hr_state_create(&state, &graph,
                              &(hr_model_config){.table = &hr_mf, .dim = DIM, .deviation = 0.1, .seed = 1},
                              true, (hr_dense_counts){4, 3}, &err));
    assert_true(hr_state_is_valid(&state, &graph));
    assert_noticed(hr_state_is_valid(&state, &graph), state.rows, state.rows + 1);
    assert_noticed(hr_state_is_valid(&state, &graph), state.dim, DIM - 1);
    assert_noticed(hr_state_is_valid(&state, &graph), state.parameter, NULL);
    assert_noticed(hr_state_is_valid(&state, &graph), state.second, NULL);
    assert_noticed(hr_state_is_valid(&state, &graph), state.output, NULL);
    assert_noticed(hr_state_is_valid(&state, &graph), state.mlp_count, 8);
    assert_noticed(hr_state_is_valid(&state, &graph), state.dense, NULL);
    assert_noticed(hr_state_is_valid(&state, &graph), state.step, -1);
    assert_noticed(hr_state_is_valid(&state, &graph), state.stale, -1);
    hr_state_free(&state);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_graph, open_graph, close_graph),
        cmocka_unit_test_setup_teardown(a_state, open_graph, close_graph),
    };
    return run_mpi_tests(argc, argv, tests);
}
