/* train.txt and test.txt as LightGCN publishes them: the split is kept, and train wins over test. */
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"
#include "tests/support/imported.h"

static void split_is_kept(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_dataset d;
    hr_ingest_report report;
    const hr_ingest_options options = IMPORT_DEFAULTS;
    write_file("train.txt", "0 5 9\n1 5\n2 7 \n");
    write_file("test.txt", "0 7 5\n1\n2 9");
    assert_ok(import_path(in_folder("."), &options, &d, &report, &err));
    const int32_t movies[] = {0, 1, 2, 0, 1, 2};
    const uint8_t splits[] = {HR_TRAIN, HR_TEST, HR_TRAIN, HR_TRAIN, HR_TRAIN, HR_TEST};
    assert_int_equal(d.ratings.count, 6);
    assert_memory_equal(d.ratings.movie, movies, sizeof movies);
    assert_memory_equal(d.ratings.split, splits, sizeof splits);
    assert_int_equal(report.rows.duplicates, 1);
    assert_string_equal(d.split, "given");
    hr_dataset_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(split_is_kept)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
