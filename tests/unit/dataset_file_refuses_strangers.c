/* A dataset file whose arrays do not fit each other or its attributes is refused when it is opened, before
 * anything is read into memory that was sized by them. */
#include "io/dataset/dataset.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"
#include "tests/support/toy.h"

#include <hdf5.h>
#include <stdint.h>

enum { USERS = 30, MOVIES = 20 };

/* A whole dataset file, for one thing of it to be spoilt. Its number of ratings. */
static int64_t write_whole(const char *path)
{
    hr_error err = {""};
    hr_dataset d = toy_dataset(USERS, MOVIES, 0.4, 1, 7);
    const int64_t ratings = d.ratings.count;
    assert_ok(hr_dataset_write(&d, path, &err));
    hr_dataset_free(&d);
    return ratings;
}

/* Puts an array of rows x cols whole numbers instead of `name`; a vector where cols is 1, nothing where
 * rows is 0. */
static void replace_array(const char *path, const char *name, int64_t rows, int64_t cols)
{
    const hsize_t shape[2] = {(hsize_t)rows, (hsize_t)cols};
    const hid_t file = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT);
    assert_true(file >= 0 && H5Ldelete(file, name, H5P_DEFAULT) >= 0);
    if (rows > 0) {
        const hid_t space = H5Screate_simple(cols == 1 ? 1 : 2, shape, NULL);
        const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
        H5Pset_alloc_time(properties, H5D_ALLOC_TIME_EARLY);
        const hid_t array =
            H5Dcreate2(file, name, H5T_STD_I64LE, space, H5P_DEFAULT, properties, H5P_DEFAULT);
        assert_true(array >= 0);
        H5Pclose(properties);
        H5Dclose(array);
        H5Sclose(space);
    }
    H5Fclose(file);
}

static void replace_attribute(const char *path, const char *name, int64_t value)
{
    const hid_t file = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT);
    const hid_t attribute = H5Aopen(file, name, H5P_DEFAULT);
    assert_true(attribute >= 0 && H5Awrite(attribute, H5T_NATIVE_INT64, &value) >= 0);
    H5Aclose(attribute);
    H5Fclose(file);
}

static void assert_refused(const char *path, const char *words)
{
    hr_error err = {""};
    hr_dataset_summary summary;
    hr_h5 *file = NULL;
    assert_fails(hr_dataset_open(&file, &summary, path, &err), HR_INPUT, words);
    assert_null(file);
}

/* Every array that is sized by users, movies or ratings. */
static const char *const arrays[] = {"user/id",         "movie/id",     "movie/title", "movie/year",
                                     "movie/genre_ptr", "movie/imdb",   "movie/tmdb",  "rating/ptr",
                                     "rating/movie",    "rating/value", "rating/time", "rating/split"};
enum { ARRAYS = sizeof arrays / sizeof *arrays };

static void arrays_of_another_length(void **state)
{
    (void)state;
    for (int i = 0; i < ARRAYS; i++) {
        const char *path = in_folder("short.h5");
        write_whole(path);
        replace_array(path, arrays[i], 3, 1);
        assert_refused(path, arrays[i]);
    }
}

static void arrays_that_are_missing(void **state)
{
    (void)state;
    for (int i = 0; i < ARRAYS; i++) {
        const char *path = in_folder("lacking.h5");
        write_whole(path);
        replace_array(path, arrays[i], 0, 0);
        assert_refused(path, arrays[i]);
    }
}

/* Reading one as if it had one column would write past the end of what was reserved. */
static void arrays_with_columns(void **state)
{
    (void)state;
    const char *path = in_folder("wide.h5");
    const int64_t ratings = write_whole(path);
    replace_array(path, "rating/movie", ratings, 8);
    assert_refused(path, "rating/movie");
    write_whole(path);
    replace_array(path, "user/id", USERS, 8);
    assert_refused(path, "user/id");
    write_whole(path);
    replace_array(path, "genre/name", 2, 8);
    assert_refused(path, "genre/name");
}

static void splits_that_do_not_sum_up(void **state)
{
    (void)state;
    const int64_t wrong[] = {-5, 0, 999999, INT64_MAX, INT64_MIN};
    const char *const splits[] = {"train", "valid", "test"};
    for (int i = 0; i < 15; i++) {
        const char *path = in_folder("splits.h5");
        write_whole(path);
        replace_attribute(path, splits[i / 5], wrong[i % 5]);
        assert_refused(path, "the file is damaged");
    }
}

static void users_ratings_out_of_range(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_dataset_summary summary;
    hr_ratings slice;
    const int64_t wrong[] = {-1, INT64_MIN, INT64_MAX};
    for (int i = 0; i < 6; i++) {
        hr_h5 *file = NULL;
        int64_t ptr[USERS + 1];
        const char *path = in_folder("ptr.h5");
        write_whole(path);
        const hid_t h5 = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT);
        const hid_t array = H5Dopen2(h5, "rating/ptr", H5P_DEFAULT);
        H5Dread(array, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, ptr);
        ptr[0] = 1;
        ptr[i < 3 ? 5 : USERS] = wrong[i % 3];
        H5Dwrite(array, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, ptr);
        H5Dclose(array);
        H5Fclose(h5);
        assert_ok(hr_dataset_open(&file, &summary, path, &err));
        assert_fails(hr_dataset_read_slice(file, 0, USERS, 0.0, &slice, &err), HR_INPUT, "are damaged");
        hr_h5_close(file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrays_of_another_length),   cmocka_unit_test(arrays_that_are_missing),
        cmocka_unit_test(arrays_with_columns),        cmocka_unit_test(splits_that_do_not_sum_up),
        cmocka_unit_test(users_ratings_out_of_range),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
