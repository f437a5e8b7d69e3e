/* Shares per user, the last in time left out, and the rules that are refused. */
#include "io/dataset/split.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/toy.h"

static void shares_hold_for_each_user(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_split_rule rule;
    hr_dataset d = toy_dataset(40, 60, 0.5, 0, 4);
    assert_ok(hr_split_parse("ratio:0.8,0.1,0.1", &rule, &err));
    assert_ok(hr_split_apply(&d.ratings, &rule, 1, &err));
    for (int64_t u = 0; u < d.ratings.users; u++) {
        int64_t counts[3] = {0};
        const int64_t n = d.ratings.ptr[u + 1] - d.ratings.ptr[u];
        for (int64_t i = d.ratings.ptr[u]; i < d.ratings.ptr[u + 1]; i++)
            counts[d.ratings.split[i]]++;
        assert_int_equal(counts[HR_VALID], (n + 5) / 10);
        assert_int_equal(counts[HR_TEST], (n + 5) / 10);
        assert_true(counts[HR_TRAIN] >= 1);
    }
    hr_dataset_free(&d);
}

static void one_rating_always_stays_in_train(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_split_rule rule;
    hr_dataset d = toy_dataset(50, 4, 0.3, 0, 4);
    assert_ok(hr_split_parse("ratio:0.02,0.49,0.49", &rule, &err));
    assert_ok(hr_split_apply(&d.ratings, &rule, 1, &err));
    for (int64_t u = 0; u < d.ratings.users; u++) {
        int train = 0;
        for (int64_t i = d.ratings.ptr[u]; i < d.ratings.ptr[u + 1]; i++)
            train += d.ratings.split[i] == HR_TRAIN;
        assert_true(train >= 1);
    }
    hr_dataset_free(&d);
}

static void the_last_in_time_is_left_out(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_split_rule rule;
    int64_t ptr[] = {0, 4, 5, 7}, time[] = {40, 10, 30, 40, 1, 9, 2};
    int32_t movie[] = {0, 1, 2, 3, 0, 0, 1};
    uint8_t split[7];
    hr_ratings r = {
        .users = 3, .movies = 4, .count = 7, .ptr = ptr, .movie = movie, .time = time, .split = split};
    const uint8_t expected[] = {HR_VALID, HR_TRAIN, HR_TRAIN, HR_TEST, HR_TRAIN, HR_TEST, HR_TRAIN};
    assert_ok(hr_split_parse("leave-one-out", &rule, &err));
    assert_ok(hr_split_apply(&r, &rule, 1, &err));
    assert_memory_equal(split, expected, sizeof expected);
}

static void holding_out_is_a_fixed_share(void **state)
{
    (void)state;
    int held = 0;
    for (int64_t u = 0; u < 100; u++)
        for (int32_t m = 0; m < 100; m++) {
            held += hr_split_holdout(u, m, 0.2);
            assert_true(!hr_split_holdout(u, m, 0.0));
            assert_true(!hr_split_holdout(u, m, 0.1) || hr_split_holdout(u, m, 0.2)); /* shares nest */
        }
    assert_in_range(held, 1850, 2150);
}

static void other_rules_are_refused(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_split_rule rule;
    const char *const wrong[] = {"",
                                 "ratio",
                                 "ratio:0.8,0.1",
                                 "ratio:0.8,0.1,0.2",
                                 "ratio:0,0.5,0.5",
                                 "ratio:1.2,-0.1,-0.1",
                                 "ratio:0.8,0.1,0.1,0",
                                 "half"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_fails(hr_split_parse(wrong[i], &rule, &err), HR_USAGE, "leave-one-out");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_hold_for_each_user),    cmocka_unit_test(one_rating_always_stays_in_train),
        cmocka_unit_test(the_last_in_time_is_left_out), cmocka_unit_test(holding_out_is_a_fixed_share),
        cmocka_unit_test(other_rules_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
