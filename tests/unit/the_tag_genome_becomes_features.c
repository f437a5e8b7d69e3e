/* Scores of the tag genome are a matrix of a row a movie, a column a tag, which the reader of features takes from the
 * dataset file; bad lines and unknown movies cost no other. */
#include "io/features/item_features.h"
#include "io/formats/open.h"
#include "io/hdf5/h5.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"
#include "tests/support/whole_h5.h"

#include <stdlib.h>

static const char scores[] =
    "movieId,tagId,relevance\n"
    "10,1,0.5\n10,2,0.25\n"
    "99,1,1\n" /* not in the dataset */
    "30,2,0.75\n30,3,x\n30,0,1\n30,4,0.125\n";

/* Writes the features of a folder with ratings and these scores into a file of their own. */
static hr_status write_features(const hr_ids *id, const char *path, hr_side_report *report, hr_error *err)
{
    hr_status status = HR_OK;
    hr_source *source = NULL;
    hr_h5 *file = NULL;
    write_file("ratings.csv", "userId,movieId,rating,timestamp\n1,10,2.5,1\n");
    write_file("genome-scores.csv", scores);
    HR_TRY(hr_source_open(&source, in_folder(""), &(hr_source_options){0}, err));
    HR_TRY(hr_h5_create(&file, path, "halorec-dataset", 2, 1024, err));
    HR_TRY(hr_source_features(source, id, file, report, err));
    HR_TRY(make_whole(file, err));
done:
    hr_h5_close(file);
    hr_source_close(source);
    return status;
}

static void scores_of_known_movies(void **state)
{
    (void)state;
    static int64_t number[] = {10, 20, 30};
    static const float expected[] = {0.5F, 0.25F, 0, 0, 0, 0, 0, 0, 0, 0.75F, 0, 0.125F};
    const hr_ids id = {.count = 3, .number = number};
    hr_side_report report = {0};
    hr_error err = {""};
    float *rows = NULL;
    int64_t columns = 0;
    assert_ok(write_features(&id, in_folder("features.h5"), &report, &err));
    assert_int_equal(report.count, 2);
    assert_non_null(
        strstr(report.message[0], "genome-scores.csv:6: found relevance \"x\", expected a number"));
    assert_non_null(strstr(report.message[1], "genome-scores.csv:7: found tagId \"0\", expected 1 to"));
    assert_ok(hr_item_features_read(in_folder("features.h5"), &id, &rows, &columns, &err));
    assert_int_equal(columns, 4);
    assert_memory_equal(rows, expected, sizeof expected);
    free(rows);
}

static void no_known_movie(void **state)
{
    (void)state;
    static int64_t number[] = {7};
    const hr_ids id = {.count = 1, .number = number};
    hr_side_report report = {0};
    hr_error err = {""};
    float *rows = NULL;
    int64_t columns = 0;
    assert_ok(write_features(&id, in_folder("none.h5"), &report, &err));
    assert_fails(hr_item_features_read(in_folder("none.h5"), &id, &rows, &columns, &err), HR_INPUT,
                 "features");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(scores_of_known_movies),
                                       cmocka_unit_test(no_known_movie)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
