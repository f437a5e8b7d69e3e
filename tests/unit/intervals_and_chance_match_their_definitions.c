/* Intervals by resampling have the width that the standard error says; the chance of a difference is that of all ways to
 * exchange two models, worked out one by one. */
#include "tests/support/cmocka_tests.h"
#include "trainer/comparison/resampling.h"

#include <math.h>

enum { USERS = 9, REPLICATES = 20000, MANY = 400 };

/* A table of one figure, value [users], all of them in its segment. */
static hr_figure_table table_of(double *value, double *weight, int64_t *user, int64_t users)
{
    for (int64_t i = 0; i < users; i++) {
        user[i] = i;
        for (int s = 0; s < HR_SEGMENTS; s++)
            weight[i * HR_SEGMENTS + s] = 1.0;
    }
    return (hr_figure_table){.users = users, .figures = 1, .user = user, .weight = weight, .value = value};
}

static void an_interval_has_its_width(void **state)
{
    (void)state;
    static double value[MANY], weight[MANY * HR_SEGMENTS];
    static int64_t user[MANY];
    const hr_comm alone = hr_comm_alone();
    hr_error err = {""};
    hr_estimate found;
    double mean = 0.0, square = 0.0;
    for (int i = 0; i < MANY; i++) {
        value[i] = (double)(i * 37 % 101) / 128.0;
        mean += value[i] / MANY;
        square += value[i] * value[i] / MANY;
    }
    const hr_figure_table table = table_of(value, weight, user, MANY);
    assert_int_equal(hr_estimate_figures(&alone, &table, REPLICATES, 1, &found, &err), HR_OK);
    const double error = sqrt((square - mean * mean) / MANY);
    assert_true(fabs(found.value - mean) < 1e-12 && found.weight == MANY);
    assert_true(fabs(found.low - (mean - 1.96 * error)) < 0.15 * error);
    assert_true(fabs(found.high - (mean + 1.96 * error)) < 0.15 * error);
}

/* The share of all 2^USERS ways to exchange values whose difference is as large. */
static double exact_chance(const double *first, const double *second)
{
    double found = 0.0, as_large = 0.0;
    for (int i = 0; i < USERS; i++)
        found += second[i] - first[i];
    for (int way = 0; way < 1 << USERS; way++) {
        double sum = 0.0;
        for (int i = 0; i < USERS; i++)
            sum += (way >> i & 1) != 0 ? first[i] - second[i] : second[i] - first[i];
        as_large += fabs(sum) >= fabs(found) - 1e-12;
    }
    return as_large / (1 << USERS);
}

static void chance_is_that_of_all_exchanges(void **state)
{
    (void)state;
    double first[USERS] = {0.5, 0.25, 0.0, 0.75, 0.5, 1.0, 0.25, 0.5, 0.0};
    double second[USERS] = {0.75, 0.5, 0.25, 0.5, 0.75, 1.0, 0.5, 1.0, 0.0};
    double weights[2][USERS * HR_SEGMENTS];
    int64_t users[2][USERS];
    const hr_comm alone = hr_comm_alone();
    hr_error err = {""};
    hr_difference found;
    const hr_figure_table a = table_of(first, weights[0], users[0], USERS),
                          b = table_of(second, weights[1], users[1], USERS);
    assert_int_equal(hr_compare_figures(&alone, &a, &b, REPLICATES, 5, &found, &err), HR_OK);
    assert_true(fabs(found.of.value - 1.5 / USERS) < 1e-12);
    assert_true(fabs(found.chance - exact_chance(first, second)) < 0.012); /* 3.4 standard errors */
    assert_true(found.up == 6.0 && found.down == 1.0);
    assert_int_equal(hr_compare_figures(&alone, &a, &a, REPLICATES, 5, &found, &err), HR_OK);
    assert_true(found.chance == 1.0 && found.of.low == 0.0 && found.of.high == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(an_interval_has_its_width),
                                       cmocka_unit_test(chance_is_that_of_all_exchanges)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
