/* Foreign features come back as they were written, whatever the order of their rows; movies without a row get
 * zeros; what does not fit is named. */
#include "io/features/item_features.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"

#include <hdf5.h>
#include <math.h>
#include <stdlib.h>

enum { MOVIES = 4, COLUMNS = 3 };

static int64_t movie_id[MOVIES] = {2, 5, 40, 8000000000};
static const hr_ids ids = {.count = MOVIES, .number = movie_id};

/* Writes an array into the folder's features.h5, which is made anew where `anew` is set. */
static void put(int anew, const char *name, hid_t stored, hid_t given, int64_t rows, int64_t cols,
                const void *data)
{
    const hsize_t shape[2] = {(hsize_t)rows, (hsize_t)cols};
    const char *path = in_folder("features.h5");
    const hid_t file = anew ? H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT)
                            : H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT);
    const hid_t space = H5Screate_simple(cols == 0 ? 1 : 2, shape, NULL);
    const hid_t array = H5Dcreate2(file, name, stored, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(array >= 0 && H5Dwrite(array, given, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) >= 0);
    H5Dclose(array);
    H5Sclose(space);
    H5Fclose(file);
}

static void put_features(int64_t rows, int64_t cols, const float *data)
{
    put(1, "features", H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, rows, cols, data);
}

static void put_ids(int64_t rows, const int64_t *id)
{
    put(0, "movie_id", H5T_STD_I64LE, H5T_NATIVE_INT64, rows, 0, id);
}

static void assert_rows(int64_t expected_columns, const float *expected)
{
    hr_error err = {""};
    float *rows = NULL;
    int64_t columns = 0;
    assert_ok(hr_item_features_read(in_folder("features.h5"), &ids, &rows, &columns, &err));
    assert_int_equal(columns, expected_columns);
    assert_memory_equal(rows, expected, (size_t)(MOVIES * columns) * sizeof *rows);
    free(rows);
}

static void assert_refused(hr_status status, const char *words)
{
    hr_error err = {""};
    float *rows = NULL;
    int64_t columns = 0;
    assert_fails(hr_item_features_read(in_folder("features.h5"), &ids, &rows, &columns, &err), status, words);
    assert_non_null(strstr(err.text, "features.h5"));
    assert_null(rows);
}

static const float in_order[MOVIES * COLUMNS] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

static void rows_in_order_of_id(void **state)
{
    (void)state;
    put_features(MOVIES, COLUMNS, in_order);
    assert_rows(COLUMNS, in_order);
}

static void doubles_and_vectors(void **state)
{
    (void)state;
    double wide[MOVIES * COLUMNS];
    for (int i = 0; i < MOVIES * COLUMNS; i++)
        wide[i] = (double)in_order[i];
    put(1, "features", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, MOVIES, COLUMNS, wide);
    assert_rows(COLUMNS, in_order);
    put_features(MOVIES, 0, in_order);
    assert_rows(1, in_order);
}

static void rows_in_any_order(void **state)
{
    (void)state;
    const int64_t id[] = {40, 8000000000, 2, 5};
    const float mixed[] = {7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6};
    put_features(MOVIES, COLUMNS, mixed);
    put_ids(MOVIES, id);
    assert_rows(COLUMNS, in_order);
}

/* Strings of one length, as numpy has them, and of any; the ids that HDF5 itself would change are kept. */
static void ids_of_other_kinds(void **state)
{
    (void)state;
    const float mixed[] = {7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6};
    const char fixed[MOVIES][10] = {"40", "8000000000", "2", "5"}; /* the longest has no NUL */
    const char *const variable[MOVIES] = {"40", "8000000000", "2", "5"};
    const uint64_t large[] = {40, 8000000000, 2, UINT64_MAX};
    static const float without_5[MOVIES * COLUMNS] = {1, 2, 3, 0, 0, 0, 7, 8, 9, 10, 11, 12};
    const hid_t of_ten = H5Tcopy(H5T_C_S1), of_any = H5Tcopy(H5T_C_S1);
    H5Tset_size(of_ten, 10);
    H5Tset_strpad(of_ten, H5T_STR_NULLPAD);
    H5Tset_size(of_any, H5T_VARIABLE);
    put_features(MOVIES, COLUMNS, mixed);
    put(0, "movie_id", of_ten, of_ten, MOVIES, 0, fixed);
    assert_rows(COLUMNS, in_order);
    put_features(MOVIES, COLUMNS, mixed);
    put(0, "movie_id", of_any, of_any, MOVIES, 0, variable);
    assert_rows(COLUMNS, in_order);
    put_features(MOVIES, COLUMNS, mixed);
    put(0, "movie_id", H5T_STD_U64BE, H5T_NATIVE_UINT64, MOVIES, 0, large);
    assert_rows(COLUMNS, without_5);
    H5Tclose(of_any);
    H5Tclose(of_ten);
}

/* Movies 7 and 1 are not the dataset's; 2 and 40 have no row. */
static void rows_of_some_movies_and_of_others(void **state)
{
    (void)state;
    const int64_t id[] = {7, 8000000000, 5, 1};
    const float given[] = {9, 9, 10, 11, 4, 5, 9, 9}, expected[] = {0, 0, 4, 5, 0, 0, 10, 11};
    put_features(4, 2, given);
    put_ids(4, id);
    assert_rows(2, expected);
}

/* More rows than are read at a time, most of other movies. */
static void many_rows(void **state)
{
    (void)state;
    enum { ROWS = 3000, WIDE = 700 };
    float *given = malloc(sizeof(float) * ROWS * WIDE), *expected = calloc(MOVIES * WIDE, sizeof(float));
    int64_t id[ROWS];
    assert_true(given && expected);
    for (int i = 0; i < ROWS; i++) {
        id[i] = ROWS - 1 - i;
        for (int c = 0; c < WIDE; c++)
            given[i * WIDE + c] = (float)id[i] + (float)c / WIDE;
    }
    for (int m = 0; m < 3; m++)
        for (int c = 0; c < WIDE; c++)
            expected[m * WIDE + c] = (float)movie_id[m] + (float)c / WIDE;
    put_features(ROWS, WIDE, given);
    put_ids(ROWS, id);
    assert_rows(WIDE, expected);
    free(expected);
    free(given);
}

static void values_that_are_not_finite(void **state)
{
    (void)state;
    float spoilt[MOVIES * COLUMNS];
    double wide[MOVIES * COLUMNS] = {0};
    memcpy(spoilt, in_order, sizeof spoilt);
    spoilt[2 * COLUMNS + 1] = NAN;
    put_features(MOVIES, COLUMNS, spoilt);
    assert_refused(HR_INPUT, "row 2, column 1");
    wide[COLUMNS] = 1e300; /* beyond 32 bits */
    put(1, "features", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, MOVIES, COLUMNS, wide);
    assert_refused(HR_INPUT, "row 1, column 0");
}

static void ids_that_do_not_fit(void **state)
{
    (void)state;
    const int64_t twice[] = {40, 2, 5, 40}, others[] = {1, 3, 4, 6};
    const double reals[] = {2.0, 5.0, 40.0, 41.0};
    put_features(MOVIES, COLUMNS, in_order);
    put_ids(MOVIES, twice);
    assert_refused(HR_INPUT, "movie_id 40 stands in rows 0 and 3");
    put_features(MOVIES, COLUMNS, in_order);
    put_ids(MOVIES, others);
    assert_refused(HR_INPUT, "none of its 4 movie ids is in the dataset");
    put_features(MOVIES, COLUMNS, in_order);
    put_ids(3, twice);
    assert_refused(HR_INPUT, "\"movie_id\" is 3 x 1, expected an id for each of the 4 rows");
    put_features(MOVIES, COLUMNS, in_order);
    put(0, "movie_id", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, MOVIES, 0, reals);
    assert_refused(HR_INPUT, "\"movie_id\" holds neither whole numbers nor strings");
}

static void arrays_of_another_shape(void **state)
{
    (void)state;
    const hsize_t shape[3] = {MOVIES, 1, COLUMNS};
    put_features(3, COLUMNS, in_order);
    assert_refused(HR_INPUT, "\"features\" has 3 rows, the dataset 4 movies; add an array \"movie_id\"");
    put(1, "features", H5T_STD_I32LE, H5T_NATIVE_FLOAT, MOVIES, COLUMNS, in_order);
    assert_refused(HR_INPUT, "\"features\" does not hold floats");
    put(1, "other", H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, MOVIES, COLUMNS, in_order);
    assert_refused(HR_INPUT, "has no array \"features\"");
    const hid_t file = H5Fcreate(in_folder("features.h5"), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    const hid_t space = H5Screate_simple(3, shape, NULL);
    const hid_t array =
        H5Dcreate2(file, "features", H5T_IEEE_F32LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    H5Dclose(array);
    H5Sclose(space);
    H5Fclose(file);
    assert_refused(HR_INPUT, "3 dimensions");
}

static void files_that_are_none(void **state)
{
    (void)state;
    put_features(MOVIES, COLUMNS, in_order);
    cut_file(in_folder("features.h5"));
    assert_refused(HR_INPUT, "not an HDF5 file, or one that was cut off");
    write_file("features.h5", "title,x,y\n");
    assert_refused(HR_INPUT, "not an HDF5 file");
    assert_int_equal(remove(in_folder("features.h5")), 0);
    assert_refused(HR_IO, "No such file");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_in_order_of_id),
        cmocka_unit_test(doubles_and_vectors),
        cmocka_unit_test(rows_in_any_order),
        cmocka_unit_test(ids_of_other_kinds),
        cmocka_unit_test(rows_of_some_movies_and_of_others),
        cmocka_unit_test(many_rows),
        cmocka_unit_test(values_that_are_not_finite),
        cmocka_unit_test(ids_that_do_not_fit),
        cmocka_unit_test(arrays_of_another_shape),
        cmocka_unit_test(files_that_are_none),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
