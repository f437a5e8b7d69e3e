/* Gradients longer than --clip are scaled down to it, all ranks' rows and the dense weights together; shorter
 * ones are left alone. */
#include "tests/support/toy_run.h"
#include "trainer/optimiser/optimiser.h"

#include <math.h>

enum { DIM = 4, DENSE = 3 };

/* The arrays of a step: this rank's rows, and dense weights. All gradients are 2, all parameters 1. */
static hr_optimiser_arrays arrays_new(int64_t rows)
{
    const int64_t values = rows * DIM;
    float *parameter = calloc((size_t)values + 1, sizeof *parameter);
    float *gradient = calloc((size_t)values + 1, sizeof *gradient);
    float *dense = calloc(4 * DENSE, sizeof *dense); /* weights, moments, gradient */
    for (int64_t i = 0; i < values; i++) {
        parameter[i] = 1.0F;
        gradient[i] = 2.0F;
    }
    for (int i = 0; i < DENSE; i++)
        dense[3 * DENSE + i] = 2.0F;
    return (hr_optimiser_arrays){.rows = rows,
                                 .dim = DIM,
                                 .parameter = parameter,
                                 .gradient = gradient,
                                 .uses = calloc((size_t)rows + 1, sizeof(float)),
                                 .dense_count = DENSE,
                                 .dense = dense,
                                 .dense_first = dense + DENSE,
                                 .dense_second = dense + 2 * DENSE,
                                 .dense_gradient = dense + 3 * DENSE};
}

static void arrays_free(hr_optimiser_arrays *arrays)
{
    free(arrays->parameter);
    free((float *)arrays->gradient);
    free((float *)arrays->uses);
    free(arrays->dense);
}

/* A step of plain descent moves each value by the rate times its gradient times the factor of clipping. */
static void check(double clip, double expected_factor)
{
    hr_error err = {""};
    hr_graph_context graph;
    const hr_optimiser_config config = {
        .kind = HR_OPTIMISER_SGD, .rate = 0.5, .dense_rate = 0.001, .clip = clip, .steps = 10};
    toy_open(&graph, &world, "k.h5", DIM);
    hr_optimiser_arrays arrays = arrays_new(graph.shard.owned);
    assert_ok(hr_optimiser_move(&config, &graph, hr_optimiser_rate(&config, 0), 0, 1, &arrays, &err));
    for (int64_t i = 0; i < arrays.rows * DIM; i++)
        assert_true(fabs(1.0 - (double)arrays.parameter[i] - 0.5 * 2.0 * expected_factor) < 1e-5);
    arrays_free(&arrays);
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
