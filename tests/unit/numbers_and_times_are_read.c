/* Numbers, ids and times as they are written in tables. */
#include "io/text/digits.h"
#include "io/text/numbers.h"
#include "io/text/times.h"
#include "tests/support/cmocka_tests.h"

#include <inttypes.h>
#include <stdio.h>

static void times_are_seconds_since_1970(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t seconds;
    } cases[] = {
        {"0", 0},
        {"1260759144", 1260759144},
        {"-5", -5},
        {"1260759144.0", 1260759144},
        {"1260759144.9", 1260759144},
        {"8.8e+08", 880000000},
        {"8.8E8", 880000000},
        {"99999999999", 99999999999},
        {"1260759144123", 1260759144},
        {"1260759144123456", 1260759144},
        {"1260759144123456789", 1260759144},
        {"1970-01-01", 0},
        {"2005-09-06", 1125964800},
        {"2005/9/6", 1125964800},
        {"1969-12-31", -86400},
        {"2000-02-29", 951782400},
        {"1900-03-01", -2203891200},
        {"2009-05-04T23:08:57Z", 1241478537},
        {"2009-05-04 23:08:57", 1241478537},
        {"2009-05-04 23:08", 1241478480},
        {"2009-05-04T23:08:57.123456Z", 1241478537},
        {"2009-05-04 23:08:57 UTC", 1241478537},
        {"2009-05-05T01:08:57+02:00", 1241478537},
        {"2009-05-04T18:38:57-0430", 1241478537},
        {"2009-05-05 01:08:57 +0200", 1241478537},
        {"", HR_NO_TIME},
        {"NULL", HR_NO_TIME},
        {"\\N", HR_NO_TIME},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t seconds = 1;
        if (!hr_time_parse(hr_piece_of(cases[i].text), &seconds) || seconds != cases[i].seconds)
            fail_msg("%s: found %" PRId64 ", expected %" PRId64, cases[i].text, seconds, cases[i].seconds);
    }
}

static void what_is_no_time_is_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {"x",
                                        "1260759144x",
                                        "2005-13-01",
                                        "2005-00-01",
                                        "2005-02-30",
                                        "1900-02-29",
                                        "2005-09-06T",
                                        "2005-09-06x",
                                        "2005-09",
                                        "05-09-06",
                                        "2005-09-06T25:00:00",
                                        "2005-09-06T10:61",
                                        "2005-09-06T10:00:00+",
                                        "nan",
                                        "inf",
                                        "1e40",
                                        "0x10",
                                        "9223372036854775808000",
                                        "-",
                                        ".",
                                        "1.2.3"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t seconds = 0;
        if (hr_time_parse(hr_piece_of(cases[i]), &seconds))
            fail_msg("%s: found %" PRId64 ", expected no time", cases[i], seconds);
    }
}

static void numbers_are_finite(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",    " ",     "nan", "NaN", "inf", "-inf", "0x10", "1e39", "-1e39",
                                        "1,5", "1.2.3", "1e",  "e5",  ".",   "-",    "1 ",   " 1",   "1e400"};
    double value = 0;
    assert_true(hr_number_parse(hr_piece_of("-2.5e-1"), false, &value));
    assert_true(value == -0.25);
    assert_true(hr_number_parse(hr_piece_of("+.5"), false, &value));
    assert_true(value == 0.5);
    assert_true(hr_number_parse(hr_piece_of("4,5"), true, &value));
    assert_true(value == 4.5);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (hr_number_parse(hr_piece_of(wrong[i]), false, &value))
            fail_msg("\"%s\": found %g, expected no number", wrong[i], value);
}

static void whole_numbers_lose_their_zeros(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"1.0", "1"},     {"31.000", "31"},   {"-5.0", "-5"},
        {"0.0", "0"},     {"1.5", "1.5"},     {"1.50", "1.50"},
        {"10", "10"},     {"007.0", "007.0"}, {".0", ".0"},
        {"-.0", "-.0"},   {"a.0", "a.0"},     {"1.", "1."},
        {"1..0", "1..0"}, {"", ""},           {"18446744073709551615.0", "18446744073709551615"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const hr_text_piece id = hr_id_trimmed(hr_piece_of(cases[i][0]));
        if (!hr_piece_is(id, cases[i][1]))
            fail_msg("%s: found %.*s, expected %s", cases[i][0], HR_PIECE(id), cases[i][1]);
    }
}

/* Every length, with every digit in every position, and every byte that is none. */
static void digits_are_parsed_by_words(void **state)
{
    (void)state;
    char memory[64];
    uint64_t value = 0;
    for (int64_t length = 1; length <= 16; length++) {
        for (int64_t at = 0; at < length; at++) {
            for (int byte = 0; byte < 256; byte++) {
                uint64_t expected = 0;
                memset(memory, 'x', sizeof memory);
                memset(memory + 16, '7', (size_t)length);
                memory[16 + at] = (char)byte;
                for (int64_t i = 0; i < length; i++)
                    expected = expected * 10 + (uint64_t)(memory[16 + i] - '0');
                const bool is = hr_digits_parse((hr_text_piece){memory + 16, length}, &value);
                if (is != (byte >= '0' && byte <= '9') || (is && value != expected))
                    fail_msg("byte %d at %d of %d: found %" PRIu64, byte, (int)at, (int)length, value);
            }
        }
    }
    memset(memory, '1', sizeof memory);
    assert_false(hr_digits_parse((hr_text_piece){memory + 16, 0}, &value));
    assert_false(hr_digits_parse((hr_text_piece){memory + 16, 17}, &value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_seconds_since_1970), cmocka_unit_test(what_is_no_time_is_refused),
        cmocka_unit_test(numbers_are_finite),           cmocka_unit_test(whole_numbers_lose_their_zeros),
        cmocka_unit_test(digits_are_parsed_by_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
