/* A dictionary numbers ids in the order of their first mention, tells texts from numbers, and finds them again,
 * however many there are. */
#include "io/base/search.h"
#include "io/ingest/dictionary.h"
#include "tests/support/cmocka_tests.h"

#include <stdio.h>

static int64_t number_of(hr_dictionary *d, const char *text)
{
    hr_error err = {""};
    int64_t number = -1;
    assert_ok(hr_dictionary_number(d, text, (int64_t)strlen(text), &number, &err));
    assert_int_equal(hr_dictionary_find(d, text, (int64_t)strlen(text)), number);
    return number;
}

static void ids_are_kept_apart(void **state)
{
    (void)state;
    static const char *const ids[] = {"7",
                                      "07",
                                      "0",
                                      "-7",
                                      "00",
                                      "9223372036854775807",
                                      "9223372036854775808",
                                      "18446744073709551615",
                                      "-9223372036854775808",
                                      "034545104X",
                                      "34545104",
                                      "+7",
                                      "1048575",
                                      "1048576",
                                      "999999999",
                                      "1000000000",
                                      "a b",
                                      "\xC3\xA9"};
    enum { IDS = sizeof ids / sizeof *ids };
    hr_dictionary d = {0};
    char buffer[HR_ID_BUFFER];
    assert_int_equal(hr_dictionary_find(&d, "7", 1), HR_NOT_FOUND);
    assert_int_equal(hr_dictionary_find(&d, "seven", 5), HR_NOT_FOUND);
    for (int twice = 0; twice < 2; twice++)
        for (int i = 0; i < IDS; i++)
            assert_int_equal(number_of(&d, ids[i]), i);
    assert_int_equal(d.count, IDS);
    for (int i = 0; i < IDS; i++)
        assert_string_equal(hr_dictionary_text(&d, i, buffer), ids[i]);
    assert_int_equal(hr_dictionary_find(&d, "8", 1), HR_NOT_FOUND);
    assert_int_equal(hr_dictionary_find(&d, "7x", 1), 0); /* one byte of it */
    hr_dictionary_free(&d);
}

static void many_are_found_again(void **state)
{
    (void)state;
    enum { MANY = 20000 };
    hr_dictionary d = {0};
    char id[32];
    for (int twice = 0; twice < 2; twice++)
        for (int i = 0; i < MANY; i++) {
            snprintf(id, sizeof id, i % 3 == 0 ? "%d" : i % 3 == 1 ? "u%d" : "%d00000000000", i);
            assert_int_equal(number_of(&d, id), i);
        }
    assert_int_equal(d.count, MANY);
    hr_dictionary_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_kept_apart),
        cmocka_unit_test(many_are_found_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
