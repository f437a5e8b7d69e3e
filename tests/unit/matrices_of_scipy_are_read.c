/* Sparse matrices as scipy.sparse.save_npz writes them: csr, csc and coo; damaged ones, and other formats. */
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"
#include "tests/support/read_source.h"

#include <stdio.h>
#include <stdlib.h>
#include <zip.h>

/* A head of an array, padded to a multiple of 64 bytes, and its elements. */
static void add_array(zip_t *zip, const char *name, const char *type, const char *shape, const void *data,
                      size_t bytes)
{
    char *array = calloc(1, 512);
    const int head =
        snprintf(array + 10, 246, "{'descr': '%s', 'fortran_order': False, 'shape': %s, }", type, shape);
    assert_non_null(array);
    memcpy(array, "\x93NUMPY\x01\x00\x76\x00", 10);
    memset(array + 10 + head, ' ', (size_t)(118 - head));
    array[127] = '\n';
    memcpy(array + 128, data, bytes);
    zip_source_t *source = zip_source_buffer(zip, array, 128 + bytes, 1);
    assert_true(source && zip_file_add(zip, name, source, ZIP_FL_OVERWRITE) >= 0);
}

static const char *write_matrix(const char *format, const int32_t *minor, int64_t entries)
{
    static const int64_t shape[] = {3, 3};
    static const int32_t pointers[] = {0, 2, 2, 3}, rows[] = {0, 0, 2};
    static const double data[] = {1, 2.5, 3};
    const char *path = in_folder("matrix.npz");
    const bool coordinate = strcmp(format, "coo") == 0;
    remove(path);
    zip_t *zip = zip_open(path, ZIP_CREATE, NULL);
    assert_non_null(zip);
    add_array(zip, "format.npy", "|S3", "()", format, 3);
    add_array(zip, "shape.npy", "<i8", "(2,)", shape, sizeof shape);
    add_array(zip, coordinate ? "row.npy" : "indptr.npy", "<i4", coordinate ? "(3,)" : "(4,)",
              coordinate ? rows : pointers, coordinate ? sizeof rows : sizeof pointers);
    add_array(zip, coordinate ? "col.npy" : "indices.npy", "<i4", "(3,)", minor, 3 * sizeof *minor);
    add_array(zip, "data.npy", "<f8", "(3,)", data, (size_t)entries * sizeof *data);
    assert_int_equal(zip_close(zip), 0);
    return path;
}

static void matrices_of_scipy(void **state)
{
    (void)state;
    static read_text got;
    static const int32_t minor[] = {0, 2, 1}, beyond[] = {0, 3, 1};
    static const struct {
        const char *format, *rows;
    } matrices[] = {{"csr", "0 0 1 -\n0 2 2.5 -\n2 1 3 -\n"},
                    {"csc", "0 0 1 -\n2 0 2.5 -\n1 2 3 -\n"},
                    {"coo", "0 0 1 -\n0 2 2.5 -\n2 1 3 -\n"}};
    hr_error err = {""};
    for (int m = 0; m < 3; m++) {
        assert_ok(
            read_source(write_matrix(matrices[m].format, minor, 3), &(hr_source_options){0}, 3, &got, &err));
        assert_string_equal(got.rows, matrices[m].rows);
    }
    assert_fails(read_source(write_matrix("csr", beyond, 3), &(hr_source_options){0}, 1, &got, &err),
                 HR_INPUT, "entry 1 is at row 0 and column 3 of a matrix of 3 x 3");
    assert_fails(read_source(write_matrix("csr", minor, 2), &(hr_source_options){0}, 1, &got, &err), HR_INPUT,
                 "is cut off");
    assert_fails(read_source(write_matrix("dia", minor, 3), &(hr_source_options){0}, 1, &got, &err), HR_INPUT,
                 "format \"dia\", expected csr, csc or coo");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(matrices_of_scipy)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
