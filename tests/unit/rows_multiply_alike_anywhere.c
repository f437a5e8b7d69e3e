/* Reproducible products of rows with matrices are near those of the library, and the product of a row does not
 * depend on its position. Reproducible sums over rows do not depend on their order. */
#include "io/base/philox.h"
#include "tests/support/cmocka_tests.h"
#include "trainer/numerics/dense.h"
#include "trainer/numerics/reproducible_dense.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ROWS is no multiple of the rows that go together. */
enum { ROWS = 301, MOST = 150 };

static float x[ROWS * MOST], y[ROWS * MOST], weights[MOST * MOST];

static void draw(float *values, int64_t count, uint32_t what)
{
    for (int64_t i = 0; i < count; i++)
        values[i] = (float)hr_uniform(hr_philox(2, HR_STREAM_SYNTH, what, (uint64_t)i).word[0]) - 0.5F;
}

static void check_products(int64_t in, int64_t out, bool transposed, float beta)
{
    static float near[ROWS * MOST], all[ROWS * MOST], some[ROWS * MOST];
    for (int64_t i = 0; i < ROWS * out; i++)
        near[i] = all[i] = beta == 0.0F ? NAN : y[i]; /* which must not be read then */
    hr_dense_multiply(false, ROWS, hr_all_columns(x, in), transposed, weights, beta, near, out);
    hr_dense_multiply(true, ROWS, hr_all_columns(x, in), transposed, weights, beta, all, out);
    for (int64_t i = 0; i < ROWS * out; i++)
        assert_true(fabsf(near[i] - all[i]) <= 1e-5F);
    for (int64_t first = 0; first < ROWS; first += 37) {
        memcpy(some, y + first * out, (size_t)((ROWS - first) * out) * sizeof *some);
        hr_dense_multiply(true, ROWS - first, hr_all_columns(x + first * in, in), transposed, weights, beta,
                          some, out);
        assert_memory_equal(some, all + first * out, (size_t)((ROWS - first) * out) * sizeof *some);
    }
}

static void rows_do_not_meet(void **state)
{
    (void)state;
    const int64_t columns[] = {1, 2, 16, 31, 33, 64, 129, MOST};
    for (size_t i = 0; i < 8; i++)
        for (size_t o = 0; o < 8; o++)
            for (int t = 0; t < 2; t++) {
                check_products(columns[i], columns[o], t == 1, 0.0F);
                check_products(columns[i], columns[o], t == 1, 1.0F);
            }
}

/* x' y by all rows at once, and by two batches in the other order. */
static void check_sums(int64_t in, int64_t out)
{
    static float near[MOST * MOST], pieces[HR_DENSE_PIECES * MOST * MOST];
    static double once[MOST * MOST], backward[MOST * MOST];
    const double unit = hr_sum_unit(HR_SUM_REPRODUCIBLE, ROWS);
    const hr_row_sums plain = {.floats = near}, all = {.doubles = once, .unit = unit},
                      halves = {.doubles = backward, .unit = unit};
    const int64_t cut = ROWS / 3;
    memset(near, 0, sizeof near);
    memset(once, 0, sizeof once);
    memset(backward, 0, sizeof backward);
    hr_dense_add_outer(ROWS, hr_all_columns(x, in), hr_all_columns(y, out), pieces, &plain);
    hr_dense_add_outer(ROWS, hr_all_columns(x, in), hr_all_columns(y, out), NULL, &all);
    hr_dense_add_outer(ROWS - cut, hr_all_columns(x + cut * in, in), hr_all_columns(y + cut * out, out), NULL,
                       &halves);
    hr_dense_add_outer(cut, hr_all_columns(x, in), hr_all_columns(y, out), NULL, &halves);
    for (int64_t i = 0; i < in * out; i++)
        assert_true(fabs((double)near[i] - once[i]) <= 1e-5);
    assert_memory_equal(once, backward, sizeof once);
}

static void sums_have_no_order(void **state)
{
    (void)state;
    const int64_t columns[] = {1, 3, 4, 7, 8, 17, 64, MOST};
    for (size_t i = 0; i < 8; i++)
        for (size_t o = 0; o < 8; o++)
            check_sums(columns[i], columns[o]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_do_not_meet),
        cmocka_unit_test(sums_have_no_order),
    };
    draw(x, ROWS * MOST, 0);
    draw(y, ROWS * MOST, 1);
    draw(weights, MOST * MOST, 2);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
