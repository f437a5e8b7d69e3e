/* Gradients longer than --clip are scaled down to it, all ranks' rows and the dense weights together; shorter
 * ones are left alone. */
#include "tests/support/toy_run.h"
#include "trainer/optimiser/optimiser.h"

#include <math.h>

enum { DIM = 4, DENSE = 3 };

/* How far a step of plain descent moved row value 0 and what it would have moved without a limit. */
static void check(double clip, double expected_factor)
{
    hr_error err = {""};
    hr_graph_context graph;
    hr_state state = {0};
    hr_train_options options = hr_train_defaults;
    options.dim = DIM;
    options.optimiser = HR_OPTIMISER_SGD;
    options.schedule = HR_SCHEDULE_CONSTANT;
    options.decay = options.ridge = 0.0;
    options.lr = 0.5;
    options.clip = clip;
    toy_open(&graph, &world, "k.h5", DIM);
    assert_ok(hr_state_create(&state, &graph, &options, true, (hr_dense_counts){DENSE, 0}, &err));
    const int64_t values = state.rows * DIM;
    float *gradient = calloc((size_t)values + 1, sizeof *gradient);
    float *uses = calloc((size_t)state.rows + 1, sizeof *uses);
    float *before = calloc((size_t)values + 1, sizeof *before);
    const float dense[DENSE] = {2.0F, 2.0F, 2.0F};
    for (int64_t i = 0; i < values; i++) {
        gradient[i] = 2.0F;
        before[i] = state.parameter[i];
    }
    const hr_optimiser_run run = {.options = &options, .batch = 1, .steps = 10};
    assert_ok(hr_optimiser_move(&run, &graph, &state, gradient, dense, uses, &err));
    for (int64_t i = 0; i < values; i++)
        assert_true(fabs((double)(before[i] - state.parameter[i]) - 0.5 * 2.0 * expected_factor) < 1e-5);
    free(before);
    free(uses);
    free(gradient);
    hr_state_free(&state);
    hr_graph_context_free(&graph);
}

static void to_the_limit(void **state)
{
    (void)state;
    toy_write(&world, "d.h5", 20, 12, 0.4, 0);
    toy_cut(&world, "d.h5", "k.h5", HR_CUT_METIS, world.size);
    const double length = 2.0 * sqrt((20 + 12) * DIM + DENSE);
    check(0.0, 1.0);
    check(length + 1.0, 1.0);
    check(0.25 * length, 0.25);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(to_the_limit)};
    return run_mpi_tests(argc, argv, tests);
}
