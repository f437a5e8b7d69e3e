/* Tables of plain numbers are read by a way of their own. It gives what the general way gives, of good lines and of bad
 * ones: the same table is read as it is and with a text in quotes behind its last row, which the general way is for. */
#include "io/base/philox.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"
#include "tests/support/read_source.h"

#include <stdio.h>

static const char *const ids[] = {"1",
                                  "31",
                                  "0",
                                  "-5",
                                  "007",
                                  "1.0",
                                  "31.00",
                                  "1.50",
                                  "a",
                                  "x y",
                                  " 7",
                                  "8 ",
                                  "12345678",
                                  "123456789",
                                  "1234567890123456",
                                  "12345678901234567",
                                  "18446744073709551615",
                                  "",
                                  " ",
                                  "0.0",
                                  "-1.0",
                                  ".0",
                                  "1e5"};
static const char *const ratings[] = {
    "4", "3.5", "5.0", "0",   "10",   "4.25",     ".5",        "5.",  "-1",       "+2",    "1e1", "abc",
    "",  ".",   "nan", "inf", "1e99", "12345678", "123456789", "3,5", "0.000001", "4.5.6", " 4",  "0x10"};
static const char *const times[] = {"0",
                                    "881250949",
                                    "1260759144",
                                    "12607591441",
                                    "126075914412",
                                    "1260759144000",
                                    "1260759144.0",
                                    "1260759144.5",
                                    "8.8e+08",
                                    "",
                                    "2005-09-06",
                                    "x",
                                    "-1",
                                    ".0",
                                    "0.0",
                                    "1260759144000000",
                                    "1260759144000000000",
                                    "99999999999999999999"};

#define PICK(array, word) array[hr_below(word, sizeof(array) / sizeof *(array))]

/* A table of random fields, good and bad. */
static void make_table(uint32_t seed, const char *separator, const char *line_end, char *text, size_t size)
{
    size_t length =
        (size_t)snprintf(text, size, "user%sitem%srating%stime%s", separator, separator, separator, line_end);
    for (uint32_t i = 0; i < 300; i++) {
        const hr_random4 draw = hr_philox(seed, HR_STREAM_SYNTH, 0, i),
                         more = hr_philox(seed, HR_STREAM_SYNTH, 1, i);
        const bool plain = hr_below(more.word[0], 3) > 0; /* mostly */
        const char *user = plain ? "12" : PICK(ids, draw.word[0]),
                   *item = plain ? "345" : PICK(ids, draw.word[1]);
        const char *rating = PICK(ratings, draw.word[2]), *time = PICK(times, draw.word[3]);
        const char *missing = hr_below(more.word[1], 20) == 0 ? separator : "";
        length += (size_t)snprintf(text + length, size - length, "%s%s%s%s%s%s%s%s%s", user, separator, item,
                                   separator, rating, separator, time, missing, line_end);
    }
}

static void both_ways_agree(void **state)
{
    (void)state;
    static const char *const separators[] = {",", "\t", ";", "::", "|"}, *const line_ends[] = {"\n", "\r\n"};
    static char text[READ_LENGTH];
    static read_text plain, general;
    const hr_source_options options = {.max_bad = 10000, .scale = "-1:9"};
    hr_error err = {""};
    for (uint32_t seed = 0; seed < 40; seed++) {
        const char *separator = separators[seed % 5], *line_end = line_ends[seed / 5 % 2];
        make_table(seed, separator, line_end, text, sizeof text);
        write_file("plain", text);
        const size_t length = strlen(text);
        snprintf(text + length, sizeof text - length, "\xC3\xA9%su%s1%s1%s", separator, separator, separator,
                 line_end);
        write_file("general", text);
        assert_ok(read_source(in_folder("plain"), &options, 1, &plain, &err));
        assert_ok(read_source(in_folder("general"), &options, 1, &general, &err));
        assert_int_equal(plain.bad.count, general.bad.count);
        for (int i = 0; i < hr_bad_lines_listed(&plain.bad); i++)
            assert_string_equal(plain.bad.line[i].what, general.bad.line[i].what);
        strncat(plain.rows, "\xC3\xA9 u 1 1\n", 16);
        assert_string_equal(plain.rows, general.rows);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(both_ways_agree)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
