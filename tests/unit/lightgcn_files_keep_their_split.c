/* train.txt and test.txt as LightGCN publishes them: the split is kept, train wins over test, bad lines are
 * named. */
#include "io/readers/lightgcn.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"

#include <unistd.h>

static void split_is_kept(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_raw raw = {0};
    hr_dataset d = {0};
    hr_import_report report;
    write_file("train.txt", "0 5 9\n1 5\n2 7 \n");
    write_file("test.txt", "0 7 5\n1\n2 9");
    assert_true(hr_lightgcn_recognise(in_folder(".")));
    assert_ok(hr_lightgcn_read(in_folder("."), &raw, &err));
    assert_ok(hr_import(&raw, &(hr_import_options){.seed = 1}, "x", &d, &report, &err));
    assert_ok(hr_dataset_check(&d, &err));
    const int32_t movies[] = {0, 1, 2, 0, 1, 2};
    const uint8_t splits[] = {HR_TRAIN, HR_TEST, HR_TRAIN, HR_TRAIN, HR_TRAIN, HR_TEST};
    assert_int_equal(d.ratings.count, 6);
    assert_memory_equal(d.ratings.movie, movies, sizeof movies);
    assert_memory_equal(d.ratings.split, splits, sizeof splits);
    assert_int_equal(report.duplicates, 1);
    hr_dataset_free(&d);
    hr_raw_free(&raw);
}

static void bad_lines_are_named(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_raw raw = {0};
    write_file("train.txt", "0 5 9\n1 5 six\n");
    assert_fails(hr_lightgcn_read(in_folder("."), &raw, &err), HR_INPUT, "train.txt:2: found \"six\"");
    write_file("train.txt", "0 5 -9\n");
    assert_fails(hr_lightgcn_read(in_folder("."), &raw, &err), HR_INPUT, "train.txt:1: found \"-9\"");
    write_file("train.txt", "0 5\n");
    unlink(in_folder("test.txt"));
    assert_fails(hr_lightgcn_read(in_folder("."), &raw, &err), HR_IO, "test.txt");
    hr_raw_free(&raw);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(split_is_kept),
        cmocka_unit_test(bad_lines_are_named),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
