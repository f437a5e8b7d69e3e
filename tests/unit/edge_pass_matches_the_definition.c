/* The edge pass by panels gives what the plain reference gives, with any number of columns and threads, with and
 * without weights, in plain and in reproducible sums. */
#include "io/base/philox.h"
#include "partition/cut/cut.h"
#include "partition/plan/partition_file.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/shard_of.h"
#include "tests/support/toy.h"
#include "trainer/propagation/edge_pass.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>

static void check(const hr_shard *shard, int64_t cols, const float *weight, hr_summation how)
{
    hr_error err;
    hr_edge_pass *pass = NULL;
    hr_row_sums y = {0};
    const int64_t size = (shard->owned + shard->ghosts) * cols;
    float *x = calloc((size_t)size, sizeof *x);
    float *expected = calloc((size_t)size, sizeof *expected);
    assert_ok(hr_row_sums_create(&y, size, how, &err));
    hr_row_sums_bound(&y, (double)shard->edges);
    for (int64_t i = 0; i < size; i++) {
        x[i] = (float)hr_uniform(hr_philox(1, HR_STREAM_SYNTH, 0, (uint64_t)i).word[0]) - 0.5F;
        if (y.doubles) /* must not matter */
            y.doubles[i] = 1e30;
        y.floats[i] = 1e30F;
    }
    assert_ok(hr_edge_pass_create(&pass, shard, cols, how, &err));
    hr_edge_pass_run(pass, weight, x, &y);
    hr_row_sums_round(&y, size);
    hr_edge_pass_reference(shard, weight, x, expected, cols);
    for (int64_t i = 0; i < size; i++)
        assert_true(fabsf(y.floats[i] - expected[i]) <= 1e-5F * (1.0F + fabsf(expected[i])));
    hr_edge_pass_destroy(pass);
    free(expected);
    hr_row_sums_free(&y);
    free(x);
}

static void any_columns_and_threads(void **state)
{
    (void)state;
    const int64_t cols[] = {1, 3, 16, 17, 31, 32, 64, 100};
    hr_graph graph = toy_graph(60, 45, 0.2, 3);
    for (int32_t part = 0; part < 3; part++) {
        hr_shard shard = shard_of(&graph, 3, part);
        float *weight = calloc((size_t)shard.edges + 1, sizeof *weight);
        float *whole = calloc((size_t)shard.edges + 1, sizeof *whole);
        for (int64_t e = 0; e < shard.edges; e++) {
            weight[e] = (float)(e % 7) - 2.5F;
            whole[e] = (float)(e % 3);
        }
        for (int threads = 1; threads <= 4; threads++) {
            omp_set_num_threads(threads);
            for (size_t i = 0; i < sizeof cols / sizeof *cols; i++) {
                check(&shard, cols[i], NULL, HR_SUM_PLAIN);
                check(&shard, cols[i], weight, HR_SUM_PLAIN);
                check(&shard, cols[i], NULL, HR_SUM_REPRODUCIBLE);
                check(&shard, cols[i], whole, HR_SUM_REPRODUCIBLE);
            }
        }
        free(whole);
        free(weight);
        hr_shard_free(&shard);
    }
    hr_graph_free(&graph);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_columns_and_threads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
