/* The line that is named is the one to mend, also where the reader sees the trouble only later, and the file
 * that is read is the one that was given. */
#include "io/readers/movielens.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define HEADER "userId,movieId,rating,timestamp\n"

static void write_bytes(const char *name, const char *bytes, size_t count)
{
    FILE *file = fopen(in_folder(name), "wb");
    if (!file || fwrite(bytes, 1, count, file) != count || fclose(file) != 0)
        abort();
}

static void a_quote_never_closed_is_named_where_it_opens(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_raw raw = {0};
    write_file("ratings.csv", HEADER "1,2,3,4\n\n1,\"3,3,4\n1,4,3,4\n\n1,5,3,4\n");
    assert_fails(hr_movielens_read(in_folder("."), &raw, &err), HR_INPUT, "ratings.csv:4: not CSV");
    hr_raw_free(&raw);
}

static void blank_lines_and_line_breaks_in_quotes_count(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_raw raw = {0};
    write_file("ratings.csv", HEADER "\n \r\n1,2\n");
    assert_fails(hr_movielens_read(in_folder("."), &raw, &err), HR_INPUT, "ratings.csv:4: found 2 fields");
    hr_raw_free(&raw);
    write_file("ratings.csv", HEADER "1,2,3,4\n");
    write_file("movies.csv", "movieId,title,genres\n2,\"Two\nLines\n\nor four\",A\nx,Bad,A\n");
    assert_fails(hr_movielens_read(in_folder("."), &raw, &err), HR_INPUT, "movies.csv:6: found movie \"x\"");
    unlink(in_folder("movies.csv"));
    hr_raw_free(&raw);
}

static void a_nul_byte_hides_nothing(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_raw raw = {0};
    static const char csv[] = HEADER "1,2,3,4\n1,3\0junk,3,4\n", dat[] = "1::2::3::4\0junk\n";
    write_bytes("ratings.csv", csv, sizeof csv - 1);
    assert_fails(hr_movielens_read(in_folder("."), &raw, &err), HR_INPUT, "ratings.csv:3: found a NUL byte");
    hr_raw_free(&raw);
    write_bytes("ratings.dat", dat, sizeof dat - 1);
    assert_fails(hr_movielens_read(in_folder("ratings.dat"), &raw, &err), HR_INPUT,
                 "ratings.dat:1: found a NUL byte");
    unlink(in_folder("ratings.dat"));
    hr_raw_free(&raw);
}

static void a_foreign_header_is_shown(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_raw raw = {0};
    write_file("ratings.csv", "userId,movieId,score,timestamp\n1,2,3,4\n");
    assert_fails(hr_movielens_read(in_folder("."), &raw, &err), HR_INPUT,
                 "ratings.csv:1: the header has no column rating: found \"userId,movieId,score,timestamp\"");
    hr_raw_free(&raw);
}

static void the_given_file_is_read_not_its_neighbour(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_raw raw = {0};
    write_file("ratings.csv", HEADER "1,2,3,4\n");
    write_file("my-ratings.csv", HEADER "1,2,3,4\n1,3,3,4\n");
    assert_true(hr_movielens_recognise(in_folder("my-ratings.csv")));
    assert_ok(hr_movielens_read(in_folder("my-ratings.csv"), &raw, &err));
    assert_int_equal(raw.ratings, 2);
    hr_raw_free(&raw);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quote_never_closed_is_named_where_it_opens),
        cmocka_unit_test(blank_lines_and_line_breaks_in_quotes_count),
        cmocka_unit_test(a_nul_byte_hides_nothing),
        cmocka_unit_test(a_foreign_header_is_shown),
        cmocka_unit_test(the_given_file_is_read_not_its_neighbour),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
