/* Quantiles, inequality, bars, histograms and components of a few numbers, and the statistics of a small dataset. */
#include "io/statistics/bars.h"
#include "io/statistics/components.h"
#include "io/statistics/histogram.h"
#include "io/statistics/statistics.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"
#include "tests/support/toy.h"

#include <math.h>
#include <stdlib.h>

static hr_error err;

static void few_counts(void **state)
{
    (void)state;
    int32_t counts[] = {3, 0, 1, 1, 10, 5}; /* 0 is left out: 1 1 3 5 10 */
    hr_frequencies f = {0};
    hr_bar bar[HR_MOST_BARS];
    assert_ok(hr_frequencies_of_counts(&f, counts, 6, &err));
    assert_int_equal(f.count, 4);
    assert_int_equal(f.times[0], 2);
    const hr_distribution d = hr_distribution_of(&f);
    assert_int_equal(d.count, 5);
    const double quantiles[HR_QUANTILES] = {1, 1, 1, 1, 3, 5, 10, 10, 10};
    for (int q = 0; q < HR_QUANTILES; q++)
        assert_true(d.quantile[q] == quantiles[q]);
    assert_true(d.mean == 4.0);
    /* Mean difference of all pairs, halved, by the mean: sum |x - y| over 25 pairs is 88. */
    assert_true(fabs(d.gini - 88.0 / 25.0 / 2.0 / 4.0) < 1e-12);
    assert_int_equal(hr_bars_doubling(&f, bar), 4);
    const int64_t heights[] = {2, 1, 1, 1}; /* 1, 2 to 3, 4 to 7, 8 to 15 */
    for (int b = 0; b < 4; b++)
        assert_int_equal(bar[b].count, heights[b]);
    assert_int_equal(hr_bars_even(&f, 10, bar), 4);
    assert_true(bar[3].from == 10.0 && bar[3].end == 10.0);
    assert_int_equal(hr_bars_even(&f, 3, bar), 3); /* 1 to 4, 4 to 7, 7 to 10 */
    assert_int_equal(bar[0].count, 3);
    assert_int_equal(bar[1].count, 1);
    assert_int_equal(bar[2].count, 1);
    hr_frequencies_free(&f);
}

static void no_counts(void **state)
{
    (void)state;
    int32_t counts[] = {0};
    hr_frequencies f = {0};
    hr_bar bar[HR_MOST_BARS];
    assert_ok(hr_frequencies_of_counts(&f, counts, 1, &err));
    assert_int_equal(hr_distribution_of(&f).count, 0);
    assert_int_equal(hr_bars_doubling(&f, bar), 0);
    assert_int_equal(hr_bars_even(&f, 5, bar), 0);
    hr_frequencies_free(&f);
}

/* Whatever the numbers, none is lost, and those kept are near. */
static void many_numbers_are_rounded(void **state)
{
    (void)state;
    enum { NUMBERS = 100000 };
    hr_histogram *h = calloc(1, sizeof *h);
    hr_frequencies f = {0};
    double sum = 0.0, kept = 0.0;
    int64_t all = 0;
    assert_non_null(h);
    for (int64_t i = 0; i < NUMBERS; i++) {
        const double number = 1e9 + (double)(i * 7919 % NUMBERS) * 3600.0;
        sum += number;
        hr_histogram_add(h, number);
    }
    hr_histogram_add(h, (double)NAN);
    hr_histogram_add(h, (double)INFINITY);
    assert_ok(hr_histogram_frequencies(h, &f, &err));
    for (int64_t i = 0; i < f.count; i++) {
        all += f.times[i];
        kept += f.value[i] * (double)f.times[i];
        assert_true(i == 0 || f.value[i] > f.value[i - 1]);
    }
    assert_int_equal(all, NUMBERS);
    assert_in_range(f.count, HR_HISTOGRAM_NUMBERS / 4, HR_HISTOGRAM_NUMBERS);
    assert_true(kept <= sum && sum - kept < NUMBERS * h->unit);
    hr_frequencies_free(&f);
    free(h);
}

static void joined_vertices_have_one_root(void **state)
{
    (void)state;
    hr_components c = {0};
    assert_ok(hr_components_create(&c, 6, &err));
    hr_components_join(&c, 0, 3);
    hr_components_join(&c, 4, 5);
    hr_components_join(&c, 3, 5);
    hr_components_join(&c, 5, 0);
    const int64_t root = hr_components_root(&c, 0);
    assert_int_equal(c.size[root], 4);
    for (int64_t v = 0; v < 6; v++)
        assert_int_equal(hr_components_root(&c, v) == root, v != 1 && v != 2);
    hr_components_free(&c);
}

/* All edges of a toy, by plain loops. */
static void a_dataset_is_described(void **state)
{
    (void)state;
    hr_dataset d = toy_dataset(30, 25, 0.2, 1, 4);
    hr_statistics s = {0};
    int64_t most = 0, ratings = 0;
    double sum = 0.0;
    const char *path = in_folder("d.h5");
    d.ratings.time[0] = HR_NO_TIME;
    strcpy(d.split, "leave-one-out");
    d.split_seed = 12;
    assert_ok(hr_dataset_write(&d, path, &err));
    assert_ok(hr_statistics_read(&s, path, &err));
    for (int64_t u = 0; u < d.ratings.users; u++)
        most =
            d.ratings.ptr[u + 1] - d.ratings.ptr[u] > most ? d.ratings.ptr[u + 1] - d.ratings.ptr[u] : most;
    for (int64_t i = 0; i < d.ratings.count; i++)
        sum += (double)d.ratings.value[i];
    for (int64_t i = 0; i < s.values.count; i++)
        ratings += s.values.times[i];
    assert_int_equal(s.data.users, 30);
    assert_int_equal(ratings, d.ratings.count);
    assert_int_equal(s.split.untimed, 1);
    assert_int_equal((int64_t)hr_distribution_of(&s.activity).quantile[HR_QUANTILES - 1], most);
    assert_true(fabs(s.mean - sum / (double)d.ratings.count) < 1e-9);
    assert_string_equal(s.data.split, "leave-one-out");
    assert_int_equal(s.data.split_seed, 12);
    assert_int_equal(s.split.ratings[HR_TEST], s.data.splits[HR_TEST]);
    assert_in_range(s.components, 1, 30);
    hr_statistics_free(&s);
    hr_dataset_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_counts), cmocka_unit_test(no_counts), cmocka_unit_test(many_numbers_are_rounded),
        cmocka_unit_test(joined_vertices_have_one_root), cmocka_unit_test(a_dataset_is_described)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
