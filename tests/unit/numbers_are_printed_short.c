/* Numbers of lists are printed with seven digits and no more, and are read back as what they were; text in tables is escaped. */
#include "tests/support/cmocka_tests.h"
#include "trainer/lists/text_buffer.h"

#include <math.h>
#include <stdlib.h>

static const char *printed(double number)
{
    static char text[64];
    hr_error err;
    hr_text_buffer buffer = {0};
    assert_ok(hr_text_add_number(&buffer, number, &err));
    assert_true(buffer.used < (int64_t)sizeof text);
    memcpy(text, buffer.bytes, (size_t)buffer.used);
    text[buffer.used] = '\0';
    hr_text_buffer_free(&buffer);
    return text;
}

static void short_numbers_stay_short(void **state)
{
    (void)state;
    assert_string_equal(printed(4.5), "4.5");
    assert_string_equal(printed(0.0), "0");
    assert_string_equal(printed(-0.0), "0");
    assert_string_equal(printed(-1.0), "-1");
    assert_string_equal(printed(70000.0), "70000");
    assert_string_equal(printed(0.25), "0.25");
    assert_string_equal(printed(0.0012345678), "0.001234568");
    assert_string_equal(printed(9.9999999), "10");
    assert_string_equal(printed(0.99999999), "1");
    assert_string_equal(printed(1234567.8), "1234568");
    assert_string_equal(printed(1e-7), "1e-07");
    assert_string_equal(printed(-12345678.0), "-1.234568e+07");
}

static void numbers_are_read_back(void **state)
{
    (void)state;
    for (double size = 1.7e-6; size < 1e9; size *= 1.37)
        for (int sign = -1; sign <= 1; sign += 2) {
            const double number = sign * size, back = strtod(printed(number), NULL);
            if (fabs(back - number) > 6e-7 * size)
                fail_msg("%.12g is printed as %s", number, printed(number));
        }
}

static void integers_are_printed_whole(void **state)
{
    (void)state;
    hr_error err;
    hr_text_buffer buffer = {0};
    const int64_t numbers[] = {0, 7, -7, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        assert_ok(hr_text_add_integer(&buffer, numbers[i], &err));
        assert_ok(hr_text_add(&buffer, " ", &err));
    }
    assert_ok(hr_text_add_field(&buffer, "a\tb\\c\r\n", &err));
    assert_ok(hr_text_add_bytes(&buffer, "", 1, &err));
    assert_string_equal(buffer.bytes, "0 7 -7 9223372036854775807 -9223372036854775808 a\\tb\\\\c\\r\\n");
    hr_text_buffer_free(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_numbers_stay_short),
        cmocka_unit_test(numbers_are_read_back),
        cmocka_unit_test(integers_are_printed_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
