/* A malformed rating is named by file, line, column, what was found and what was expected; some may be skipped. */
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"
#include "tests/support/read_source.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#define HEADER "userId,movieId,rating,timestamp\n"

typedef struct bad_case {
    const char *text, *message;
    hr_source_options options;
} bad_case;

static read_text got;

static const bad_case cases[] = {
    {HEADER "1,31,,5\n", "ratings.csv:2: column 3, rating: found \"\", expected a number", {0}},
    {HEADER "1,31,3,5\n\n1,32,nan,5\n",
     "ratings.csv:4: column 3, rating: found \"nan\", expected a number",
     {0}},
    {HEADER "1,31,inf,5\n", "ratings.csv:2: column 3, rating: found \"inf\"", {0}},
    {HEADER "1,31,1e39,5\n", "ratings.csv:2: column 3, rating: found \"1e39\"", {0}},
    {HEADER "1,31,0x3,5\n", "ratings.csv:2: column 3, rating: found \"0x3\"", {0}},
    {HEADER "1,31,3,5\n1,31,four,5\n",
     "ratings.csv:3: column 3, rating: found \"four\", expected a number",
     {0}},
    {HEADER "1,31,3,yesterday\n",
     "ratings.csv:2: column 4, timestamp: found \"yesterday\", expected seconds",
     {0}},
    {HEADER "1,31,3,2005-02-30\n", "ratings.csv:2: column 4, timestamp: found \"2005-02-30\"", {0}},
    {HEADER ",31,3,5\n", "ratings.csv:2: found an empty user", {0}},
    {HEADER "1,,3,5\n", "ratings.csv:2: found an empty item", {0}},
    {HEADER "1,31,3\n", "ratings.csv:2: found 3 fields separated by comma, expected 4", {0}},
    {HEADER "1,31,3,5,6\n", "ratings.csv:2: found 5 fields separated by comma, expected 4", {0}},
    {HEADER "1,31,\"3,5\n1,31,3,5\n", "ratings.csv:2: found a quote that is not closed", {0}},
    {HEADER "1,31,3,5\n1,say \"31\",3,5\n", "ratings.csv:3: found a quote inside a field", {0}},
    {HEADER "1,\"31\"x,3,5\n", "ratings.csv:2: found text behind a closing quote", {0}},
    {HEADER "1,\"3\n1\",3,5\n2,3,x,5\n", "ratings.csv:4: column 3, rating: found \"x\"", {0}},
    {HEADER "1,31,3,5\n1,31,11,5\n", "ratings.csv:3: found rating 11, expected 1 to 10", {.scale = "1:10"}},
    {"1,31,3,5\n2,31,x,5\n", "ratings.csv:2: column 3, the rating: found \"x\"", {0}},
    {"userId\tx\trating\n1\t2\t3\n",
     "no column is known to be the item; found 3 columns: userId, x, rating",
     {0}},
    {HEADER "1,2,3,4\n", "--columns: found \"user=nobody\"", {.columns = "user=nobody"}},
    {HEADER "1,2,3,4\n", "--columns: found \"item=5\"", {.columns = "item=5"}},
    {HEADER "1,2,3,4\n", "--separator: found \"x\"", {.separator = "x"}},
    {HEADER "1,2,3,4\n", "--scale: found \"5:1\"", {.scale = "5:1"}},
    {"", "empty, expected a table of ratings", {0}},
    {HEADER "1,2,3,4\n1,2,x,4\n1,2,3,4\ny\n",
     "more than --max-bad 1 lines are bad; the first: ",
     {.max_bad = 1}},
};

static void each_fault_has_its_message(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hr_error err = {""};
        write_file("ratings.csv", cases[i].text);
        if (read_source(in_folder("ratings.csv"), &cases[i].options, 1, &got, &err) == HR_OK)
            fail_msg("expected a failure of\n%s", cases[i].text);
        if (!strstr(err.text, cases[i].message))
            fail_msg("expected \"%s\", found: %s", cases[i].message, err.text);
    }
}

static void bad_lines_may_be_skipped(void **state)
{
    (void)state;
    hr_error err = {""};
    write_file("ratings.csv", HEADER "1,31,3,5\n1,32,x,5\n1,\"33,3,5\n2,34,3,5\n2,35,3\n2,36,3,6\n");
    for (int64_t pieces = 1; pieces < 30; pieces++) {
        assert_ok(
            read_source(in_folder("ratings.csv"), &(hr_source_options){.max_bad = 3}, pieces, &got, &err));
        assert_string_equal(got.rows, "1 31 3 5\n2 34 3 5\n2 36 3 6\n");
        assert_int_equal(got.bad.count, 3);
        assert_non_null(strstr(got.bad.line[0].what, "found \"x\""));
        assert_non_null(strstr(got.bad.line[2].what, "found 3 fields"));
    }
}

static void a_nul_byte_is_named(void **state)
{
    (void)state;
    static const char text[] = HEADER "1,2,3,4\n1,3\0junk,3,4\n", quoted[] = HEADER "1,\"2\0\",3,4\n";
    hr_error err = {""};
    write_bytes("ratings.csv", text, sizeof text - 1);
    assert_fails(read_source(in_folder("ratings.csv"), &(hr_source_options){.max_bad = 9}, 1, &got, &err),
                 HR_INPUT, "ratings.csv:3: found a NUL byte");
    write_bytes("ratings.csv", quoted, sizeof quoted - 1);
    assert_fails(read_source(in_folder("ratings.csv"), &(hr_source_options){0}, 1, &got, &err), HR_INPUT,
                 "ratings.csv:2: found a NUL byte");
}

/* Writes a table whose second line goes on for `bytes`. */
static void write_long_line(const char *name, size_t bytes)
{
    FILE *file = fopen(in_folder(name), "w");
    static char filling[1 << 16];
    memset(filling, 'x', sizeof filling);
    if (!file || fputs(HEADER "1,", file) < 0)
        abort();
    for (size_t i = 0; i < bytes; i += sizeof filling)
        if (fwrite(filling, 1, sizeof filling, file) != sizeof filling)
            abort();
    if (fputs(",3,4\n", file) < 0 || fclose(file) != 0)
        abort();
}

static void a_line_without_an_end_is_not_kept(void **state)
{
    (void)state;
    hr_error err = {""};
    write_long_line("ratings.csv", (size_t)50 << 20);
    for (int64_t pieces = 1; pieces < 3; pieces++)
        assert_fails(read_source(in_folder("ratings.csv"), &(hr_source_options){0}, pieces, &got, &err),
                     HR_INPUT, "ratings.csv:2: found a line of more than 16777216 bytes");
}

static void packed_files_that_are_cut_off_are_named(void **state)
{
    (void)state;
    hr_error err = {""};
    gzFile file = gzopen(in_folder("ratings.csv.gz"), "wb");
    gzputs(file, HEADER);
    for (int i = 0; i < 20000; i++)
        gzprintf(file, "%d,%d,3,%d\n", i * 7919 % 1000, i * 104729 % 997, i * 31337 % 100003);
    gzclose(file);
    cut_file(in_folder("ratings.csv.gz"));
    assert_fails(read_source(in_folder("ratings.csv.gz"), &(hr_source_options){0}, 1, &got, &err), HR_INPUT,
                 "ratings.csv.gz: damaged or cut off");
}

static void what_is_no_text_is_told(void **state)
{
    (void)state;
    hr_error err = {""};
    write_bytes("ratings.parquet", "PAR1\x15\x04\x15", 7);
    assert_fails(read_source(in_folder("ratings.parquet"), &(hr_source_options){0}, 1, &got, &err), HR_INPUT,
                 "to_csv('ratings.csv', index=False)");
    write_bytes("ratings.csv", "BZh91AY", 7);
    assert_fails(read_source(in_folder("ratings.csv"), &(hr_source_options){0}, 1, &got, &err), HR_INPUT,
                 "bunzip2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fault_has_its_message),
        cmocka_unit_test(bad_lines_may_be_skipped),
        cmocka_unit_test(a_nul_byte_is_named),
        cmocka_unit_test(a_line_without_an_end_is_not_kept),
        cmocka_unit_test(packed_files_that_are_cut_off_are_named),
        cmocka_unit_test(what_is_no_text_is_told),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
