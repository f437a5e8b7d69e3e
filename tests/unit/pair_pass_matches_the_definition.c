/* Pair passes, in plain and reproducible sums, give what the definition gives, for either side, at any width and
 * number of threads, whether a movie's users are in one block or in many. */
#include "io/base/philox.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/shard_of.h"
#include "tests/support/toy.h"
#include "trainer/layers/pair_pass.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

/* Rows of x and y, and sums, of all vertices of a shard. */
typedef struct rows {
    int64_t cols, size;
    float *x, *y;
    float *sum; /* with room for doubles */
    double *expected;
} rows;

static float *new_floats(int64_t count)
{
    void *array = NULL;
    assert_int_equal(posix_memalign(&array, sizeof(hr_line), (size_t)count * sizeof(float)), 0);
    return array;
}

static rows new_rows(const hr_shard *shard, int lines)
{
    rows r = {.cols = lines * HR_LANES, .size = (shard->owned + shard->ghosts) * lines * HR_LANES};
    r.x = new_floats(r.size);
    r.y = new_floats(r.size);
    r.sum = new_floats(2 * r.size);
    r.expected = calloc((size_t)r.size, sizeof *r.expected);
    for (int64_t i = 0; i < r.size; i++) {
        r.x[i] = (float)hr_uniform(hr_philox(1, HR_STREAM_SYNTH, 0, (uint64_t)i).word[0]) - 0.5F;
        r.y[i] = (float)hr_uniform(hr_philox(1, HR_STREAM_SYNTH, 1, (uint64_t)i).word[0]) - 0.5F;
        r.sum[i] = 1e30F; /* must not matter */
    }
    return r;
}

static void free_rows(rows *r)
{
    free(r->x);
    free(r->y);
    free(r->sum);
    free(r->expected);
}

/* What an edge from `own` to `other` adds; returns the squared error. */
static double add_edge(rows *r, int64_t own, int64_t other, bool by_value, double value)
{
    double score = 0.0;
    for (int64_t c = 0; c < r->cols; c++)
        score += (double)r->x[own * r->cols + c] * (double)r->y[other * r->cols + c];
    const double weight = by_value ? value - score : score;
    for (int64_t c = 0; c < r->cols; c++)
        r->expected[own * r->cols + c] += weight * (double)r->y[other * r->cols + c];
    return weight * weight;
}

static void check_sums(const rows *r, bool in_doubles, const int32_t *row, int64_t slots)
{
    const double *doubles = (const double *)(const void *)r->sum;
    for (int64_t s = 0; s < slots; s++)
        for (int64_t i = row[s] * r->cols; i < (row[s] + 1) * r->cols; i++) {
            const double sum = in_doubles ? doubles[i] : (double)r->sum[i];
            if (fabs(sum - r->expected[i]) > (in_doubles ? 1e-5 : 1e-4) * (1.0 + fabs(r->expected[i])))
                fail_msg("row %d: %g, expected %g", (int)row[s], sum, r->expected[i]);
        }
}

static void check_side(const hr_shard *shard, const hr_pair_pass *pass, bool of_users, bool by_value)
{
    rows r = new_rows(shard, pass->lines);
    double error = 0.0;
    for (int64_t s = 0; s < shard->user_slots; s++)
        for (int64_t e = shard->edge_ptr[s]; e < shard->edge_ptr[s + 1]; e++) {
            const int64_t user = shard->user_row[s], movie = shard->movie_row[shard->edge_movie[e]];
            const double value = pass->value ? (double)pass->value[e] : 1.0;
            error += add_edge(&r, of_users ? user : movie, of_users ? movie : user, by_value, value);
        }
    (of_users ? hr_pair_pass_users : hr_pair_pass_movies)(pass, by_value, (hr_line *)r.x, (hr_line *)r.y,
                                                          (hr_line *)r.sum);
    if (of_users)
        check_sums(&r, pass->doubles, shard->user_row, shard->user_slots);
    else
        check_sums(&r, pass->doubles, shard->movie_row, shard->movie_slots);
    if (by_value)
        assert_true(fabs(hr_pair_pass_error(pass) - error) <= 1e-4 * (1.0 + error));
    free_rows(&r);
}

static void check(const hr_shard *shard, int lines, const float *value, hr_summation how)
{
    hr_error err = {""};
    hr_pair_pass pass = {0};
    assert_ok(hr_pair_pass_create(&pass, shard, lines, value, how, &err));
    pass.unit = pass.error_unit = hr_sum_unit(how, 1e6);
    for (int by_value = 0; by_value < 2; by_value++) {
        check_side(shard, &pass, true, by_value);
        check_side(shard, &pass, false, by_value);
    }
    hr_pair_pass_free(&pass);
}

static void check_graph(hr_graph graph, int32_t parts, const int *lines, int widths)
{
    for (int32_t part = 0; part < parts; part++) {
        hr_shard shard = shard_of(&graph, parts, part);
        float *value = calloc((size_t)shard.edges + 1, sizeof *value);
        for (int64_t e = 0; e < shard.edges; e++)
            value[e] = (float)(e % 9) / 2.0F + 0.5F;
        for (int threads = 1; threads <= 3; threads++) {
            omp_set_num_threads(threads);
            for (int i = 0; i < widths; i++) {
                for (hr_summation how = HR_SUM_PLAIN; how <= HR_SUM_REPRODUCIBLE; how++) {
                    check(&shard, lines[i], NULL, how);
                    check(&shard, lines[i], value, how);
                }
            }
        }
        free(value);
        hr_shard_free(&shard);
    }
    hr_graph_free(&graph);
}

static void any_width_threads_and_part(void **state)
{
    (void)state;
    const int lines[] = {1, 2, 3, 4, 8};
    check_graph(toy_graph(60, 45, 0.2, 3), 3, lines, 5);
}

/* Rows of 8 lines are half a kilobyte: 5,000 of them are several blocks. */
static void many_users_make_several_blocks(void **state)
{
    (void)state;
    const int lines[] = {8};
    check_graph(toy_graph(5000, 12, 0.3, 4), 1, lines, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_width_threads_and_part),
                                       cmocka_unit_test(many_users_make_several_blocks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
