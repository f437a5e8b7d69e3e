/* Each metric on lists short enough to work out on paper. */
#include "tests/support/cmocka_tests.h"
#include "trainer/evaluation/metrics.h"

#include <math.h>
#include <string.h>

/* A user's figures are rounded to multiples of 2^-30. */
static void assert_near(double found, double expected)
{
    if (fabs(found - expected) > 0x1p-30)
        fail_msg("found %.15g, expected %.15g", found, expected);
}

/* Ranks 2 and 4 of 5 are hits, of 3 held out. */
static void two_hits_of_three(void **state)
{
    (void)state;
    const hr_cutoffs cutoffs = {2, {2, 5}};
    const bool hit[5] = {false, true, false, true, false};
    hr_metrics m = {0};
    hr_metrics_add(&m, &cutoffs, hit, 5, 3, 0.75);
    hr_metrics_finish(&m);
    assert_near(m.users, 1.0);
    assert_near(m.auc, 0.75);
    assert_near(m.at[0].recall, 1.0 / 3.0);
    assert_near(m.at[0].precision, 0.5);
    assert_near(m.at[0].hit, 1.0);
    assert_near(m.at[0].mrr, 0.5);
    assert_near(m.at[0].map, (1.0 / 2.0) / 2.0);
    assert_near(m.at[0].ndcg, (1.0 / log2(3.0)) / (1.0 + 1.0 / log2(3.0)));
    assert_near(m.at[0].capped_recall, 1.0 / 2.0);
    assert_near(m.at[1].recall, 2.0 / 3.0);
    assert_near(m.at[1].capped_recall, 2.0 / 3.0);
    assert_near(m.at[1].precision, 0.4);
    assert_near(m.at[1].map, (1.0 / 2.0 + 2.0 / 4.0) / 3.0);
    assert_near(m.at[1].ndcg, (1.0 / log2(3.0) + 1.0 / log2(5.0)) / (1.0 + 1.0 / log2(3.0) + 0.5));
}

/* A user without a hit halves the figures of a perfect one. */
static void means_are_over_users(void **state)
{
    (void)state;
    const hr_cutoffs cutoffs = {1, {3}};
    const bool perfect[3] = {true, true, false}, none[2] = {false, false};
    hr_metrics m = {0}, other = {0};
    hr_metrics_add(&m, &cutoffs, perfect, 3, 2, 1.0);
    hr_metrics_add(&other, &cutoffs, none, 2, 4, 0.0);
    hr_metrics_merge(&m, &other);
    hr_metrics_finish(&m);
    assert_near(m.users, 2.0);
    assert_near(m.auc, 0.5);
    assert_near(m.at[0].recall, 0.5);
    assert_near(m.at[0].ndcg, 0.5);
    assert_near(m.at[0].precision, 1.0 / 3.0);
    assert_near(m.at[0].hit, 0.5);
    assert_near(m.at[0].mrr, 0.5);
    assert_near(m.at[0].map, 0.5);
}

static void cutoffs_are_read_and_checked(void **state)
{
    (void)state;
    hr_error err;
    hr_cutoffs cutoffs;
    assert_ok(hr_cutoffs_parse("10,20", &cutoffs, &err));
    assert_int_equal(cutoffs.count, 2);
    assert_int_equal(cutoffs.k[1], 20);
    const char *const wrong[] = {"", "0", "20,10", "5,5", "5,", "x", "5;6", "1001", "1,2,3,4,5,6,7,8,9"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_fails(hr_cutoffs_parse(wrong[i], &cutoffs, &err), HR_USAGE, "--k");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_hits_of_three),
        cmocka_unit_test(means_are_over_users),
        cmocka_unit_test(cutoffs_are_read_and_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
