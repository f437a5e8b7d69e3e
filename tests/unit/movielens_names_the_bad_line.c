/* The line that is named is the one to mend, also where the reader sees the trouble only later, and the file that
 * is read is the one that was given. */
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"
#include "tests/support/imported.h"

#include <unistd.h>

#define HEADER "userId,movieId,rating,timestamp\n"

/* Imports the folder's `name` and expects a message with these words. */
static void assert_refused(const char *name, const char *words)
{
    hr_error err = {""};
    hr_dataset d;
    hr_ingest_report report;
    const hr_ingest_options options = IMPORT_DEFAULTS;
    assert_fails(import_path(in_folder(name), &options, &d, &report, &err), HR_INPUT, words);
    hr_dataset_free(&d);
}

static void bad_lines_are_named(void **state)
{
    (void)state;
    write_file("ratings.csv", HEADER "1,2,3,4\n1,2,nan,4\n5,6,1,1\n");
    assert_refused(".", "ratings.csv:3: ");
    write_file("ratings.csv", HEADER "1,2,3,4\n1,2,,4\n5,6,1,1\n");
    assert_refused(".", "ratings.csv:3: ");
    write_file("ratings.csv", HEADER "1,2,3,4\n1,2,3,soon\n5,6,1,1\n");
    assert_refused(".", "soon");
    write_file("ratings.csv", HEADER "\n\r\n1,2\n");
    assert_refused(".", "ratings.csv:4: ");
    write_file("ratings.csv", HEADER "1,2,3,4\n\n1,\"3,3,4\n1,4,3,4\n\n1,5,3,4\n");
    assert_refused(".", "ratings.csv:4: ");
    write_file("ratings.csv", HEADER);
    assert_refused(".", "no rating");
}

static void the_given_file_is_read_not_its_neighbour(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_dataset d;
    hr_ingest_report report;
    const hr_ingest_options options = IMPORT_DEFAULTS;
    write_file("ratings.csv", HEADER "1,2,3,4\n");
    write_file("my-ratings.csv", HEADER "1,2,3,4\n1,3,3,4\n");
    assert_ok(import_path(in_folder("my-ratings.csv"), &options, &d, &report, &err));
    assert_int_equal(d.ratings.count, 2);
    hr_dataset_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_lines_are_named),
        cmocka_unit_test(the_given_file_is_read_not_its_neighbour),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
