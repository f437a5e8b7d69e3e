/* What the files h5*.c share; no other file includes this. */
#ifndef HR_IO_HDF5_H5_INTERNAL_H
#define HR_IO_HDF5_H5_INTERNAL_H

#include "io/hdf5/h5.h"

#include <hdf5.h>
#include <stdbool.h>

struct hr_h5 {
    hid_t id;
    char *path, *temporary; /* temporary is NULL in a file open for reading, or once handed over */
    bool is_foreign;        /* of another program, which may store arrays in other ways */
};

/* An open array and its shape; vectors have one column. */
typedef struct hr_h5_array {
    hid_t id, space;
    hsize_t shape[2];
} hr_h5_array;

/* Opens a file for reading, or creates one; negative where HDF5 refuses. A file system without locks (NFS,
 * Lustre) is asked again without: what is read is renamed when it is whole and not written again, and what
 * is created has a name of its own. */
hid_t hr_h5_open_id(const char *path);
hid_t hr_h5_create_id(const char *path, hid_t creation, hid_t access);

/* Closes a property list; the reasons for which the last call failed stay to be told. */
void hr_h5_close_list(hid_t list);

/* Why HDF5 did not open a file for reading: HR_IO where it is locked, or the system refuses to read it;
 * HR_INPUT where its content is no HDF5, or less than it says. */
hr_status hr_h5_fail_open(const char *path, const char *expected, hr_error *err);

/* The innermost reason that HDF5's last call failed for; whether it was the system that refused. */
enum { HR_H5_REASON_LENGTH = 256 };
bool hr_h5_reason(char reason[HR_H5_REASON_LENGTH]);

/* A message that ends in HDF5's own reason: HR_IO where the file is being written, or the system refuses to
 * read it, else HR_INPUT. */
hr_status hr_h5_fail(const hr_h5 *file, const char *action, const char *name, hr_error *err);

enum { HR_H5_NAME_LENGTH = 256 };

/* Makes the groups on the way to a name that are missing, without time stamps. What fails here fails again,
 * with a message, where the name is made. */
void hr_h5_make_groups(const hr_h5 *file, const char *name);

/* Checks that there are groups and arrays in the file and nothing else: no links to elsewhere, and no
 * array that is longer than what is stored of it. HR_INPUT with the first that is not. */
hr_status hr_h5_check_all(hr_h5 *file, hr_error *err);

/* The same of the way to one array, and of one open array; chunks and filters are fine in a foreign file. */
hr_status hr_h5_check_path(const hr_h5 *file, const char *name, hr_error *err);
hr_status hr_h5_check_stored(const hr_h5 *file, const char *name, const hr_h5_array *array, hr_error *err);

/* Opens an array; hr_h5_array_close it also after a failure. HR_INPUT where there is none of that name, or it is none
 * of one or two dimensions. */
hr_status hr_h5_array_open(hr_h5 *file, const char *name, hr_h5_array *array, hr_error *err);
void hr_h5_array_close(hr_h5_array *array);

/* HR_INPUT unless the array has `cols` columns: more would overrun the reader's buffer. */
hr_status hr_h5_expect_cols(const hr_h5 *file, const char *name, const hr_h5_array *array, int64_t cols,
                            hr_error *err);

/* Selects rows of the array in its space and returns the matching memory space, to be closed by the caller,
 * in *memory. HR_INPUT where the array has fewer rows. */
hr_status hr_h5_select_rows(const hr_h5 *file, const char *name, const hr_h5_array *array, int64_t first,
                            int64_t count, hid_t *memory, hr_error *err);

#endif
