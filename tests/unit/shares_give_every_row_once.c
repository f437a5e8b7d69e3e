/* However a table is cut into shares, every row is read once and in order: also where quoted fields hold line ends, quotes
 * and whole rows, so that a share begins inside one. */
#include "io/base/philox.h"
#include "io/base/strings.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"
#include "tests/support/read_source.h"

#include <stdio.h>
#include <stdlib.h>

static read_text whole, cut;

/* Reads in one share and in many, which must agree with each other and with `rows`. */
static void assert_shares_agree(const char *text, const char *rows)
{
    static const int64_t pieces[] = {2, 3, 5, 7, 11, 29, 64, 501};
    hr_error err = {""};
    write_file("table.csv", text);
    assert_ok(read_source(in_folder("table.csv"), &(hr_source_options){0}, 1, &whole, &err));
    assert_string_equal(whole.rows, rows);
    for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
        assert_ok(read_source(in_folder("table.csv"), &(hr_source_options){0}, pieces[p], &cut, &err));
        if (strcmp(cut.rows, rows) != 0)
            fail_msg("%d shares of\n%s\ngive\n%s", (int)pieces[p], text, cut.rows);
    }
}

/* Texts in quotes of which each is hard to tell from the outside of one. */
static const char *const notes[] = {
    "",
    "plain",
    "\"\"",
    "\"a, b\"",
    "\"line one\nline two\"",
    "\"9,9,9,9\n8,8,8,8\n\"",
    "\"\"\"quoted\"\"\n1,2,3,4\n\"",
    "\",\"",
    "\"\n\"",
    "\",\n,\"",
    "\"\"\"\"",
    "\"\"\"\n\"\"\"",
    "\"\n,\"\"\n,\"",
};

enum { NOTES = sizeof notes / sizeof *notes };

static void quoted_line_ends_cut_no_row(void **state)
{
    (void)state;
    static char text[READ_LENGTH], rows[READ_LENGTH];
    for (uint32_t seed = 0; seed < 60; seed++) {
        size_t length = (size_t)snprintf(text, sizeof text, "user,item,rating,note,time\n"), made = 0;
        for (uint32_t i = 0; i < 40; i++) {
            const hr_random4 draw = hr_philox(seed, HR_STREAM_SYNTH, 0, i);
            const uint32_t note = hr_below(draw.word[0], NOTES);
            const char *end = hr_below(draw.word[1], 8) == 0 ? "\r\n" : "\n";
            length += (size_t)snprintf(text + length, sizeof text - length, "u%u,%u,%u,%s,%u%s", i, i % 7,
                                       i % 5, notes[note], i, end);
            made += (size_t)snprintf(rows + made, sizeof rows - made, "u%u %u %u %u\n", i, i % 7, i % 5, i);
        }
        assert_shares_agree(text, rows);
    }
}

/* Where each quote could open as well as close, only the count of all quotes tells. */
static void quotes_that_could_be_either_are_counted(void **state)
{
    (void)state;
    static char text[READ_LENGTH], rows[READ_LENGTH];
    size_t length = (size_t)snprintf(text, sizeof text, "user,item,note\n"), made = 0;
    for (int i = 0; i < 200; i++) {
        length += (size_t)snprintf(text + length, sizeof text - length, "%d,%d,\"\n,\"\n", i, i + 1);
        made += (size_t)snprintf(rows + made, sizeof rows - made, "%d %d 1 -\n", i, i + 1);
    }
    assert_shares_agree(text, rows);
}

static void plain_rows_of_all_lengths_are_read_once(void **state)
{
    (void)state;
    static char text[READ_LENGTH], rows[READ_LENGTH];
    size_t length = (size_t)snprintf(text, sizeof text, "user,item,rating,timestamp\n"), made = 0;
    for (int i = 0; i < 90; i++) {
        length +=
            (size_t)snprintf(text + length, sizeof text - length, "%0*d,%d,%d.5,%d\n\n", i, i, i, i % 5, i);
        made += (size_t)snprintf(rows + made, sizeof rows - made, "%0*d %d %d.5 %d\n", i, i, i, i % 5, i);
    }
    assert_shares_agree(text, rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quoted_line_ends_cut_no_row),
        cmocka_unit_test(quotes_that_could_be_either_are_counted),
        cmocka_unit_test(plain_rows_of_all_lengths_are_read_once),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
