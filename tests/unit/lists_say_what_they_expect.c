/* Lists of numbers in options: what is read, and what is said of those that are not. */
#include "io/options/list.h"
#include "tests/support/cmocka_tests.h"

static const hr_list cutoffs = {.option = "k",
                                .what = "whole numbers",
                                .example = "10,20",
                                .fewest = 1,
                                .most = 3,
                                .minimum = 1,
                                .maximum = 1000,
                                .ascends = true};
static const hr_list rates = {
    .option = "alpha", .what = "seconds", .example = "2e-5", .most = 2, .minimum = 1e-9, .maximum = 10};

static void numbers_are_read(void **state)
{
    (void)state;
    hr_error err = {""};
    int64_t k[3];
    double seconds[2];
    int count = 0;
    assert_ok(hr_list_ints(&cutoffs, "5,10,1000", k, &count, &err));
    assert_int_equal(count, 3);
    assert_true(k[0] == 5 && k[1] == 10 && k[2] == 1000);
    assert_ok(hr_list_reals(&rates, "2e-5,1", seconds, &count, &err));
    assert_true(count == 2 && seconds[0] == 2e-5 && seconds[1] == 1.0);
    assert_ok(hr_list_reals(&rates, "", seconds, &count, &err));
    assert_int_equal(count, 0);
}

static void others_are_refused(void **state)
{
    (void)state;
    hr_error err = {""};
    int64_t k[3];
    double seconds[2];
    int count = 0;
    const char *const wrong[] = {
        "",     "x",   "1,",  ",1",      "1,,2", "1;2",   "1,2,x", "0,1",
        "1001", "2,1", "1,1", "1,2,3,4", "1.5",  "1,2 3", "-1",    "99999999999999999999"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_fails(hr_list_ints(&cutoffs, wrong[i], k, &count, &err), HR_USAGE,
                     "expected 1 to 3 ascending whole numbers from 1 to 1000, such as 10,20");
    assert_fails(hr_list_reals(&rates, "1e-6,fast", seconds, &count, &err), HR_USAGE,
                 "--alpha 1e-6,fast: expected up to 2 seconds from 1e-09 to 10, such as 2e-5");
    assert_fails(hr_list_reals(&rates, "nan", seconds, &count, &err), HR_USAGE, "--alpha nan");
}

static void words_are_separated(void **state)
{
    (void)state;
    hr_word word[2];
    assert_int_equal(hr_separate_words("full,auc-sampled", ',', word, 2), 2);
    assert_string_equal(word[0], "full");
    assert_string_equal(word[1], "auc-sampled");
    assert_int_equal(hr_separate_words("a,", ',', word, 2), 2);
    assert_string_equal(word[1], "");
    assert_int_equal(hr_separate_words("a,b,c", ',', word, 2), -1);
    assert_int_equal(
        hr_separate_words("0123456789012345678901234567890123456789012345678901234567890123", ',', word, 2),
        -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(numbers_are_read),
                                       cmocka_unit_test(others_are_refused),
                                       cmocka_unit_test(words_are_separated)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
