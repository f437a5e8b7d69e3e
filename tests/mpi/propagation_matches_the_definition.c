/* Propagation by batches of panels and channels gives what the definition gives: powers of the normalised matrix,
 * one after the other, each by the plain edge pass. */
#include "io/base/philox.h"
#include "tests/support/toy_run.h"
#include "trainer/propagation/edge_pass.h"
#include "trainer/propagation/propagation.h"

#include <math.h>
#include <omp.h>

/* Row `row` x its share of an edge's weight. */
static float weigh(const hr_shard *shard, int64_t row, double user_power, float x)
{
    const double power = row < shard->owned_users ? user_power : 1.0 - user_power;
    return shard->degree[row] > 0 ? x / (float)pow((double)shard->degree[row], power) : 0.0F;
}

/* One power: y = S x on owned rows; x and y are (owned + ghosts) x dim. */
static void apply(hr_graph_context *graph, double user_power, float *x, float *y, int64_t dim)
{
    hr_error err;
    const hr_shard *shard = &graph->shard;
    for (int64_t i = 0; i < shard->owned * dim; i++)
        x[i] = weigh(shard, i / dim, user_power, x[i]);
    assert_ok(hr_graph_scatter(graph, x, dim, &err));
    hr_edge_pass_reference(shard, NULL, x, y, dim);
    assert_ok(hr_graph_reduce(graph, y, dim, &err));
    for (int64_t i = 0; i < shard->owned * dim; i++)
        y[i] = weigh(shard, i / dim, user_power, y[i]);
}

static void check(hr_cut_method method, int64_t dim, int64_t layers, double user_power, hr_wire wire)
{
    hr_error err = {""};
    hr_graph_context graph;
    hr_propagation *propagation = NULL;
    toy_cut(&world, "d.h5", "k.h5", method, world.size);
    toy_open(&graph, &world, "k.h5", dim);
    const int64_t owned = graph.shard.owned * dim, all = owned + graph.shard.ghosts * dim;
    float *x = calloc((size_t)all + 1, sizeof *x), *y = calloc((size_t)all + 1, sizeof *y);
    float *mean = calloc((size_t)all + 1, sizeof *mean), *out = calloc((size_t)all + 1, sizeof *out);
    for (int64_t i = 0; i < owned; i++)
        x[i] = out[i] = (float)hr_uniform(hr_philox(2, HR_STREAM_SYNTH, 0,
                                                    (uint64_t)(graph.shard.vertex[i / dim] * dim + i % dim))
                                              .word[0]) -
                        0.5F;
    assert_ok(hr_propagation_create(&propagation, &graph, dim, layers, user_power, wire, &err));
    for (int twice = 0; twice < 2; twice++) /* what a run leaves behind must not matter to the next */
        assert_ok(hr_propagation_run(propagation, x, twice ? out : mean, &err));
    memset(mean, 0, (size_t)all * sizeof *mean);
    for (int64_t layer = 0; layer <= layers; layer++) {
        for (int64_t i = 0; i < owned; i++)
            mean[i] += x[i] / (float)(layers + 1);
        apply(&graph, user_power, x, y, dim);
        memcpy(x, y, (size_t)all * sizeof *x);
    }
    for (int64_t i = 0; i < owned; i++)
        if (fabsf(out[i] - mean[i]) > (wire == HR_WIRE_BF16 ? 4e-3F : 2e-6F))
            fail_msg("row %d: %g, expected %g", (int)(i / dim), (double)out[i], (double)mean[i]);
    hr_propagation_destroy(propagation);
    hr_graph_context_free(&graph);
    free(out);
    free(mean);
    free(y);
    free(x);
}

static void for_widths_layers_and_threads(void **state)
{
    (void)state;
    const int64_t dims[] = {1, 16, 20, 64, 100};
    toy_write(&world, "d.h5", 70, 50, 0.15, 0);
    for (int threads = 1; threads <= 3; threads++) {
        omp_set_num_threads(threads);
        for (size_t i = 0; i < sizeof dims / sizeof *dims; i++)
            for (int64_t layers = 0; layers <= 3; layers++)
                check(HR_CUT_METIS, dims[i], layers, 0.5, HR_WIRE_F32);
    }
    check(HR_CUT_RANDOM, 40, 3, 0.5, HR_WIRE_F32);
    check(HR_CUT_RANDOM, 40, 3, 0.7, HR_WIRE_F32);
    check(HR_CUT_RANDOM, 40, 3, 0.5, HR_WIRE_BF16);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(for_widths_layers_and_threads)};
    return run_mpi_tests(argc, argv, tests);
}
