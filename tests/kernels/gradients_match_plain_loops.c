/* What is added to the sums of rows: multiples of rows, products, gradients of samples' scores. */
#include "tests/kernels/support/checks.h"
#include "trainer/kernels/sample_gradients.h"

#include <stdlib.h>

enum { DIM = 21, ROWS = 6, POOL = 4, SAMPLES = 5, NEGATIVES = 3 };

/* Adds a term to what is expected of a sum. */
static void add(const hr_row_sums *expected, int64_t at, double term)
{
    if (expected->doubles)
        expected->doubles[at] += hr_round_to_unit(term, expected->unit);
    else
        expected->floats[at] += (float)term;
}

static void add_row(const hr_row_sums *expected, int64_t at, float factor, const float *row, int64_t first,
                    int64_t end)
{
    for (int64_t c = first; c < end; c++)
        add(expected, at + c, (double)factor * (double)row[c]);
}

static void check_sums(const char *what, hr_row_sums *found, hr_row_sums *expected, int64_t count)
{
    const bool doubles = found->doubles != NULL;
    for (int64_t i = 0; i < count; i++)
        check_number(what, doubles, sum_number(found, i), sum_number(expected, i));
    if (doubles)
        keep_bits(found->doubles, (size_t)count * sizeof *found->doubles);
    free(found->floats);
    free(found->doubles);
    free(expected->floats);
    free(expected->doubles);
}

static void rows_of(bool doubles)
{
    float *a = some_floats(DIM, 1), *b = some_floats(DIM, 2);
    hr_row_sums sums = some_sums(doubles, 2 * DIM, 3), expected = some_sums(doubles, 2 * DIM, 3);
    hr_row_sums_add_row(&sums, 4, 0.3F, a, 2, DIM);
    hr_row_sums_add_row_product(&sums, 7, 0.6F, a, b, 0, DIM - 1);
    add_row(&expected, 4, 0.3F, a, 2, DIM);
    for (int64_t c = 0; c < DIM - 1; c++) /* the product of factor and a is a float */
        add(&expected, 7 + c, (double)(0.6F * a[c]) * (double)b[c]);
    check_sums("sums of rows", &sums, &expected, 2 * DIM);
    free(b);
    free(a);
}

/* Samples that share users and movies; one without negatives counts for nothing. */
static const hr_positive samples[SAMPLES] = {{.user_row = 0, .movie_row = 3},
                                             {.user_row = 1, .movie_row = 3},
                                             {.user_row = 0, .movie_row = 5},
                                             {.user_row = 2, .movie_row = 4},
                                             {.user_row = 1, .movie_row = 5}};
static const hr_score_gradient gradients[SAMPLES * (1 + NEGATIVES)] = {
    {0, -0.5F}, {1, 0.2F}, {3, 0.3F}, {-1, 0.0F}, {0, 0.7F}, {0, 0.1F},  {1, 0.4F},
    {2, 0.2F},  {-1, 9.F}, {1, 9.F},  {1, 9.F},   {1, 9.F},  {0, 0.25F}, {-1, 0.0F},
    {0, 0.F},   {0, 0.F},  {0, -1.F}, {2, 1.F},   {2, 0.5F}, {-1, 0.F}};

static void add_sample(const hr_sample_gradients *g, int s, const hr_row_sums *output,
                       const hr_row_sums *pool)
{
    const hr_score_gradient *of = &gradients[s * (1 + NEGATIVES)];
    const int64_t user = samples[s].user_row * DIM, movie = samples[s].movie_row * DIM;
    if (of->index < 0)
        return;
    add_row(output, user, of->derivative, g->output + movie, 3, DIM);
    add_row(output, movie, of->derivative, g->output + user, 3, DIM);
    for (int n = 1; n <= NEGATIVES && of[n].index >= 0; n++) {
        add_row(output, user, of[n].derivative, g->pool + of[n].index * DIM, 3, DIM);
        add_row(pool, of[n].index * (DIM + 1), of[n].derivative, g->output + user, 3, DIM);
    }
}

static void samples_of(bool doubles)
{
    float *output = some_floats(ROWS * DIM, 4), *pool = some_floats(POOL * DIM, 5);
    hr_row_sums expected = some_sums(doubles, ROWS * DIM, 6),
                expected_pool = some_sums(doubles, POOL * (DIM + 1), 7);
    hr_sample_gradients g = {samples,
                             SAMPLES,
                             DIM,
                             NEGATIVES,
                             gradients,
                             output,
                             pool,
                             some_sums(doubles, ROWS * DIM, 6),
                             some_sums(doubles, POOL * (DIM + 1), 7)};
    hr_sample_gradients_add(&g, 3, DIM);
    for (int s = 0; s < SAMPLES; s++)
        add_sample(&g, s, &expected, &expected_pool);
    check_sums("gradients of rows", &g.output_sums, &expected, ROWS * DIM);
    check_sums("gradients of the pool", &g.pool_sums, &expected_pool, POOL * (DIM + 1));
    free(pool);
    free(output);
}

static void positives_of(bool doubles)
{
    float *output = some_floats(ROWS * DIM, 8), *derivative = some_floats(SAMPLES, 9);
    hr_row_sums sums = some_sums(doubles, ROWS * DIM, 10), expected = some_sums(doubles, ROWS * DIM, 10);
    hr_positive_gradients_add(samples, SAMPLES, derivative, output, DIM, &sums, 0, DIM - 2);
    for (int s = 0; s < SAMPLES; s++) {
        const int64_t user = samples[s].user_row * DIM, movie = samples[s].movie_row * DIM;
        add_row(&expected, user, derivative[s], output + movie, 0, DIM - 2);
        add_row(&expected, movie, derivative[s], output + user, 0, DIM - 2);
    }
    check_sums("gradients of positives", &sums, &expected, ROWS * DIM);
    free(derivative);
    free(output);
}

static void in_floats(void)
{
    rows_of(false);
    samples_of(false);
    positives_of(false);
}

static void in_doubles(void)
{
    rows_of(true);
    samples_of(true);
    positives_of(true);
}

RUN_CHECKS(in_floats, in_doubles)
