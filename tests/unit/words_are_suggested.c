/* Distances of words, by hand: changes, additions, removals, swaps; and which word is offered. */
#include "io/options/spelling.h"
#include "tests/support/cmocka_tests.h"

#include <string.h>

static int distance(const char *a, const char *b)
{
    const int there = hr_edit_distance(a, (int)strlen(a), b, (int)strlen(b), 99);
    assert_int_equal(hr_edit_distance(b, (int)strlen(b), a, (int)strlen(a), 99), there);
    for (int most = 0; most < 9; most++)
        assert_int_equal(hr_edit_distance(a, (int)strlen(a), b, (int)strlen(b), most),
                         there < most ? there : most);
    return there;
}

static void distances(void **state)
{
    (void)state;
    assert_int_equal(distance("", ""), 0);
    assert_int_equal(distance("", "abc"), 3);
    assert_int_equal(distance("train", "train"), 0);
    assert_int_equal(distance("trian", "train"), 1);
    assert_int_equal(distance("kitten", "sitting"), 3);
    assert_int_equal(distance("ab", "ba"), 1);
    assert_int_equal(distance("ca", "abc"), 3); /* no byte takes part twice */
    assert_int_equal(distance("abcd", "badc"), 2);
}

static const char *offered(const char *wanted)
{
    static const char *const words[] = {"train", "extend", "evaluate", "info"};
    hr_nearest nearest = hr_nearest_to(wanted, (int)strlen(wanted));
    for (int i = 0; i < 4; i++)
        hr_nearest_offer(&nearest, words[i]);
    return nearest.word;
}

static void offers(void **state)
{
    (void)state;
    assert_string_equal(offered("tarin"), "train");
    assert_string_equal(offered("eval"), "evaluate");
    assert_string_equal(offered("inof"), "info");
    assert_null(offered("recommend"));
    assert_null(offered("x"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(distances), cmocka_unit_test(offers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
