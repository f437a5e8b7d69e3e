/* The spectral start makes orthonormal columns that propagation maps nearly into their own span, the more nearly
 * the more rounds it has. Where the graph is too small it leaves the random start as it is. */
#include "tests/support/toy_run.h"
#include "trainer/models/lightgcn.h"
#include "trainer/propagation/spectral.h"
#include "trainer/run/state.h"

#include <math.h>

enum { DIM = 5, LAYERS = 3 };

static hr_status apply(void *model, const float *x, float *y, hr_error *err)
{
    return hr_lightgcn.forward(model, HR_AT_REST, x, NULL, y, err);
}

/* sum over all ranks of x' y, DIM x DIM. */
static void products(const float *x, const float *y, int64_t rows, double sums[DIM][DIM])
{
    hr_error err;
    memset(sums, 0, sizeof(double[DIM][DIM]));
    for (int64_t row = 0; row < rows; row++)
        for (int i = 0; i < DIM; i++)
            for (int j = 0; j < DIM; j++)
                sums[i][j] += (double)x[row * DIM + i] * (double)y[row * DIM + j];
    assert_ok(hr_sum_f64(&world, &sums[0][0], DIM * DIM, &err));
}

/* Squared length of the part of the propagated columns that is outside their span, over that of all of them. */
static double outside_after(int64_t rounds)
{
    hr_error err = {""};
    hr_graph_context graph;
    hr_state state = {0};
    void *model = NULL;
    double gram[DIM][DIM], inside[DIM][DIM], image[DIM][DIM], kept = 0.0, length = 0.0;
    hr_train_options options = hr_train_defaults;
    options.layers = LAYERS;
    toy_open(&graph, &world, "k.h5", DIM);
    const int64_t vertices = graph.shard.users + graph.shard.movies;
    const hr_train_config config = toy_config(&options, &graph);
    assert_ok(hr_lightgcn.create(&model, &graph, &config.model, &err));
    assert_ok(hr_state_create(&state, &graph, &config.model, true, (hr_dense_counts){0}, &err));
    float *output = calloc((size_t)((graph.shard.owned + graph.shard.ghosts) * DIM) + 1, sizeof *output);
    assert_ok(
        hr_spectral_start(&graph, &(hr_row_map){apply, model}, rounds, 0.1, state.parameter, output, &err));
    products(state.parameter, state.parameter, state.rows, gram);
    const double square = 0.01 * (double)vertices; /* of each column's length */
    for (int i = 0; i < DIM; i++)
        for (int j = 0; j < DIM; j++)
            assert_true(fabs(gram[i][j] - (i == j ? square : 0.0)) < 1e-4 * square);
    assert_ok(hr_lightgcn.forward(model, HR_AT_REST, state.parameter, NULL, output, &err));
    products(state.parameter, output, state.rows, inside);
    products(output, output, state.rows, image);
    for (int i = 0; i < DIM; i++) {
        length += image[i][i];
        for (int j = 0; j < DIM; j++)
            kept += inside[i][j] * inside[i][j] / square;
    }
    free(output);
    hr_state_free(&state);
    hr_lightgcn.destroy(model);
    hr_graph_context_free(&graph);
    return 1.0 - kept / length;
}

static void more_rounds_come_closer(void **state)
{
    (void)state;
    toy_write(&world, "d.h5", 80, 60, 0.15, 0);
    toy_cut(&world, "d.h5", "k.h5", HR_CUT_METIS, world.size);
    const double few = outside_after(2), many = outside_after(40);
    assert_true(few < 0.2);
    assert_true(many < 0.2 * few);
}

static void a_graph_too_small_stays_random(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_graph_context graph;
    hr_state drawn = {0};
    void *model = NULL;
    enum { WIDE = 40 };
    const hr_train_options options = hr_train_defaults;
    toy_write(&world, "s.h5", 12, 9, 0.5, 0);
    toy_cut(&world, "s.h5", "s.k.h5", HR_CUT_BLOCK, world.size);
    toy_open(&graph, &world, "s.k.h5", WIDE);
    const hr_train_config config = toy_config(&options, &graph);
    assert_ok(hr_lightgcn.create(&model, &graph, &config.model, &err));
    assert_ok(hr_state_create(&drawn, &graph, &config.model, true, (hr_dense_counts){0}, &err));
    const size_t bytes = (size_t)(drawn.rows * WIDE) * sizeof(float);
    float *before = malloc(bytes + 1);
    float *output = calloc((size_t)((graph.shard.owned + graph.shard.ghosts) * WIDE) + 1, sizeof *output);
    memcpy(before, drawn.parameter, bytes);
    assert_ok(hr_spectral_start(&graph, &(hr_row_map){apply, model}, 3, 0.1, drawn.parameter, output, &err));
    assert_memory_equal(before, drawn.parameter, bytes);
    free(output);
    free(before);
    hr_state_free(&drawn);
    hr_lightgcn.destroy(model);
    hr_graph_context_free(&graph);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(more_rounds_come_closer),
                                       cmocka_unit_test(a_graph_too_small_stays_random)};
    return run_mpi_tests(argc, argv, tests);
}
