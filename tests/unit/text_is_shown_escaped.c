/* Text of any bytes is shown so that it does nothing to a terminal, and is cut at whole characters. */
#include "io/base/utf8.h"
#include "tests/support/cmocka_tests.h"

static void assert_shown(const char *text, size_t length, const char *expected)
{
    char out[HR_ESCAPED_LENGTH];
    assert_string_equal(hr_escape(out, sizeof out, text, (int64_t)length), expected);
}

#define SHOWN(literal, expected) assert_shown(literal, sizeof literal - 1, expected)

static void controls_and_foreign_bytes_are_escaped(void **state)
{
    (void)state;
    SHOWN("", "");
    SHOWN("Am\xC3\xA9lie \xE2\x82\xAC \xF0\x9F\x8E\xAC \\ \"x\"",
          "Am\xC3\xA9lie \xE2\x82\xAC \xF0\x9F\x8E\xAC \\ \"x\"");
    SHOWN("a\nb\tc\rd", "a\\nb\\tc\\rd");
    SHOWN("\x1B[31mred", "\\x1B[31mred");
    SHOWN("nul\0end", "nul\\x00end");
    SHOWN("del\x7F", "del\\x7F");
    SHOWN("\xC2\x9B", "\\xC2\\x9B");            /* a C1 control */
    SHOWN("\xE2\x80\xAEx", "\\xE2\\x80\\xAEx"); /* right to left */
    SHOWN("Am\xE9lie", "Am\\xE9lie");           /* Latin-1 */
    SHOWN("\xC0\xAF", "\\xC0\\xAF");            /* longer than need be */
    SHOWN("\xED\xA0\x80", "\\xED\\xA0\\x80");   /* half of a pair */
    SHOWN("\xF4\x90\x80\x80", "\\xF4\\x90\\x80\\x80");
    SHOWN("cut\xE2\x82", "cut\\xE2\\x82");
}

static void what_does_not_fit_is_cut_at_a_character(void **state)
{
    (void)state;
    char out[8];
    assert_string_equal(hr_escape(out, sizeof out, "1234567", 7), "1234567");
    assert_string_equal(hr_escape(out, sizeof out, "12345678", 8), "1234\xE2\x80\xA6");
    assert_string_equal(hr_escape(out, sizeof out, "123\xC3\xA9\xC3\xA9\xC3\xA9", 9), "123\xE2\x80\xA6");
    assert_string_equal(hr_escape(out, sizeof out, "123\n5678", 8), "123\xE2\x80\xA6");
    assert_string_equal(hr_escape(out, sizeof out, "\n\n\n\n", 4), "\\n\\n\xE2\x80\xA6");
}

static void validity_is_told(void **state)
{
    (void)state;
    assert_true(hr_utf8_is_valid("", 0));
    assert_true(hr_utf8_is_valid("\xE2\x82\xAC\n", 4));
    assert_false(hr_utf8_is_valid("\xE2\x82\xAC\n", 2));
    assert_false(hr_utf8_is_valid("a\xFF", 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(controls_and_foreign_bytes_are_escaped),
        cmocka_unit_test(what_does_not_fit_is_cut_at_a_character),
        cmocka_unit_test(validity_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
