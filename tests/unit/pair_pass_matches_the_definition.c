/* Pair passes, in plain and reproducible sums, give what the definition gives, for either side, at any width and
 * number of threads, whether a movie's users are in one block or in many. */
#include "io/base/memory.h"
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
    int64_t cols, width, vertices; /* of rows, of sums */
    float *x, *y;
    hr_row_sums sum;
    double *expected; /* [vertices x width] */
} rows;

static rows new_rows(const hr_shard *shard, int64_t cols, int64_t width, hr_summation how)
{
    hr_error err = {""};
    rows r = {.cols = cols, .width = width, .vertices = shard->owned + shard->ghosts};
    const int64_t size = r.vertices * cols;
    r.x = hr_alloc(size, sizeof *r.x);
    r.y = hr_alloc(size, sizeof *r.y);
    assert_ok(hr_row_sums_create(&r.sum, r.vertices * width, how, &err));
    r.sum.unit = hr_sum_unit(how, 1e6);
    r.expected = hr_alloc(r.vertices * width, sizeof *r.expected);
    for (int64_t i = 0; i < size; i++) {
        r.x[i] = (float)hr_uniform(hr_philox(1, HR_STREAM_SYNTH, 0, (uint64_t)i).word[0]) - 0.5F;
        r.y[i] = (float)hr_uniform(hr_philox(1, HR_STREAM_SYNTH, 1, (uint64_t)i).word[0]) - 0.5F;
    }
    for (int64_t i = 0; i < r.vertices * width; i++) /* must not matter */
        if (r.sum.doubles)
            r.sum.doubles[i] = 1e30;
        else
            r.sum.floats[i] = 1e30F;
    return r;
}

static void free_rows(rows *r)
{
    free(r->x);
    free(r->y);
    hr_row_sums_free(&r->sum);
    free(r->expected);
}

/* What an edge from `own` to `other` adds; returns the squared error. */
static double add_edge(rows *r, int64_t own, int64_t other, hr_pair_terms terms, double value)
{
    double score = 0.0;
    for (int64_t c = 0; c < r->cols; c++)
        score += (double)r->x[own * r->cols + c] * (double)r->y[other * r->cols + c];
    const double weight = terms == HR_PAIR_RESIDUALS ? value - score : score;
    if (terms == HR_PAIR_SQUARES)
        r->expected[own] += score * score;
    for (int64_t c = 0; terms != HR_PAIR_SQUARES && c < r->cols; c++)
        r->expected[own * r->cols + c] += weight * (double)r->y[other * r->cols + c];
    return weight * weight;
}

static void check_sums(const rows *r, const int32_t *row, int64_t slots)
{
    const double *doubles = r->sum.doubles;
    for (int64_t s = 0; s < slots; s++)
        for (int64_t i = row[s] * r->width; i < (row[s] + 1) * r->width; i++) {
            const double sum = doubles ? doubles[i] : (double)r->sum.floats[i];
            if (fabs(sum - r->expected[i]) > (doubles ? 1e-5 : 1e-4) * (1.0 + fabs(r->expected[i])))
                fail_msg("row %d: %g, expected %g", (int)row[s], sum, r->expected[i]);
        }
}

static void check_side(const hr_shard *shard, hr_pair_pass *pass, bool of_users, hr_pair_terms terms,
                       hr_summation how)
{
    rows r = new_rows(shard, pass->dim, terms == HR_PAIR_SQUARES ? 1 : pass->dim, how);
    double error = 0.0;
    for (int64_t s = 0; s < shard->user_slots; s++)
        for (int64_t e = shard->edge_ptr[s]; e < shard->edge_ptr[s + 1]; e++) {
            const int64_t user = shard->user_row[s], movie = shard->movie_row[shard->edge_movie[e]];
            const double value = pass->value ? (double)pass->value[e] : 1.0;
            error += add_edge(&r, of_users ? user : movie, of_users ? movie : user, terms, value);
        }
    (of_users ? hr_pair_pass_users : hr_pair_pass_movies)(pass, terms, r.x, r.y, &r.sum);
    if (of_users)
        check_sums(&r, shard->user_row, shard->user_slots);
    else
        check_sums(&r, shard->movie_row, shard->movie_slots);
    if (terms == HR_PAIR_RESIDUALS)
        assert_true(fabs(hr_pair_pass_error(pass) - error) <= 1e-4 * (1.0 + error));
    free_rows(&r);
}

static void check(const hr_shard *shard, int lines, const float *value, hr_summation how)
{
    hr_error err = {""};
    hr_pair_pass pass = {0};
    assert_ok(hr_pair_pass_create(&pass, shard, lines * HR_LANES, value, how, &err));
    pass.error_unit = hr_sum_unit(how, 1e6);
    for (hr_pair_terms terms = HR_PAIR_PRODUCTS; terms <= HR_PAIR_SQUARES; terms++) {
        check_side(shard, &pass, true, terms, how);
        check_side(shard, &pass, false, terms, how);
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
    const int lines[] = {1, 2, 3, 4, 8, 9, 13};
    check_graph(toy_graph(60, 45, 0.2, 3), 3, lines, 7);
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
