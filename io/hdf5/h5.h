/* HDF5 as this project uses it: named two-dimensional arrays, strings and root attributes, in files with a
 * `format` and a `version`, written under a temporary name and renamed when complete.
 *
 * Array types are given as the memory type; files hold the little-endian type of the same width. A vector
 * has one column and is stored one-dimensional. Names are paths such as "rating/movie"; groups are made as
 * needed. Messages name file, array, what was found and what was expected. */
#ifndef HR_IO_HDF5_H5_H
#define HR_IO_HDF5_H5_H

#include "io/base/error.h"
#include "io/base/strings.h"
#include "io/comm/comm.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum hr_h5_type { HR_H5_U8, HR_H5_I32, HR_H5_I64, HR_H5_U64, HR_H5_F32 } hr_h5_type;

/* Bytes of a number of this type. */
int64_t hr_h5_type_bytes(hr_h5_type type);

typedef struct hr_h5 hr_h5;

/* Called by a thread that reads files that another one has opened: each thread has its own say in what HDF5 prints. */
void hr_h5_begin_thread(void);

/* Opens for reading, each process by itself. HR_IO where there is no such file; HR_INPUT where it is not
 * HDF5, is truncated, its `format` is not `format`, or its `version` is above `version`. A `format` of NULL
 * takes any halorec file. A file that another program has locked is HR_IO; where the file system has no
 * locks, it is read without. Close with hr_h5_close. */
hr_status hr_h5_open(hr_h5 **file, const char *path, const char *format, int64_t version, hr_error *err);

/* Opens any HDF5 file for reading, of any program, each process by itself. HR_IO where there is no such
 * file; HR_INPUT where it is not HDF5 or is truncated. Close with hr_h5_close. */
hr_status hr_h5_open_foreign(hr_h5 **file, const char *path, hr_error *err);

/* Creates the temporary file of `path` (io/base/durable.h) for writing by one process. `bytes` is about what the arrays will
 * need: that much is reserved first, so that a full disk, a quota or a file-size limit is found before
 * anything is written. hr_h5_close removes the temporary file, unless it was handed over. */
hr_status hr_h5_create(hr_h5 **file, const char *path, const char *format, int64_t version, int64_t bytes,
                       hr_error *err);

/* Whether a file of about `bytes` bytes could be made at `path` now, so that a long run need not end to find
 * out. An older file there is not touched. One process. */
hr_status hr_h5_check_room(const char *path, int64_t bytes, hr_error *err);

/* Closes a created file under its temporary name, so that ranks can write their rows into it (hr_h5_offset) and give it its
 * name (shared_file.h). hr_h5_close then leaves the temporary file where it is. HR_IO. */
hr_status hr_h5_hand_over(hr_h5 *file, hr_error *err);

/* Closes; removes what was created and not handed over. NULL is fine. */
void hr_h5_close(hr_h5 *file);

const char *hr_h5_path(const hr_h5 *file);

/* Length of the file. */
int64_t hr_h5_bytes(const hr_h5 *file);

/* Makes an array of rows x cols without writing it. */
hr_status hr_h5_declare(hr_h5 *file, const char *name, hr_h5_type type, int64_t rows, int64_t cols,
                        hr_error *err);

/* Byte offset of a declared array in the file, where it lies in one piece. HR_IO where HDF5 does not say. */
hr_status hr_h5_offset(hr_h5 *file, const char *name, int64_t *offset, hr_error *err);

/* Declares and writes a whole array. */
hr_status hr_h5_write(hr_h5 *file, const char *name, hr_h5_type type, int64_t rows, int64_t cols,
                      const void *data, hr_error *err);

/* Writes strings as HDF5 variable-length UTF-8. */
hr_status hr_h5_write_strings(hr_h5 *file, const char *name, const hr_strings *strings, hr_error *err);

/* Makes an array of `rows` UTF-8 texts of up to `length` bytes, at least 1, filled up with NULs, as hr_h5_declare makes
 * one of numbers. */
hr_status hr_h5_declare_texts(hr_h5 *file, const char *name, int64_t rows, int64_t length, hr_error *err);

/* Shape of an array; cols may be NULL. HR_INPUT where there is none of that name. */
hr_status hr_h5_shape(hr_h5 *file, const char *name, int64_t *rows, int64_t *cols, hr_error *err);

/* What an array holds. HDF5 converts numbers to the memory type asked for; what that has no room for becomes
 * its limit. */
typedef enum hr_h5_content {
    HR_H5_NONE,
    HR_H5_INTEGERS,
    HR_H5_FLOATS,
    HR_H5_STRINGS,
    HR_H5_OTHER
} hr_h5_content;

/* Of the array of that name; HR_H5_NONE where there is none. */
hr_h5_content hr_h5_content_of(hr_h5 *file, const char *name);

/* Reads rows first … first + count - 1 of an array of `cols` columns into `data`, count x cols. HR_INPUT
 * where the array is missing, of another number of columns, shorter, or cut off. */
hr_status hr_h5_read_rows(hr_h5 *file, const char *name, hr_h5_type type, int64_t first, int64_t count,
                          int64_t cols, void *data, hr_error *err);

/* Reads any rows of an array of one column of numbers, value [count], in any order, at once. HR_INPUT likewise; HR_MEMORY. */
hr_status hr_h5_read_points(hr_h5 *file, const char *name, const int64_t *row, int64_t count, float *value,
                            hr_error *err);

/* Bytes of a row as the file has it. HR_INPUT where there is no array of that name, or it is of texts of variable
 * length. */
hr_status hr_h5_row_bytes(hr_h5 *file, const char *name, int64_t *bytes, hr_error *err);

/* The same rows, as the bytes that the file has: count x row_bytes. */
hr_status hr_h5_read_bytes(hr_h5 *file, const char *name, int64_t first, int64_t count, void *data,
                           hr_error *err);

/* Calls visit for every array under the group, its name without the group's, until one fails, and returns
 * what that one did. HR_INPUT where there is no such group. */
typedef hr_status hr_h5_visit_fn(hr_h5 *file, const char *name, void *context, hr_error *err);
hr_status hr_h5_each_array(hr_h5 *file, const char *group, hr_h5_visit_fn *visit, void *context,
                           hr_error *err);

/* Appends strings first … first + count - 1, of variable or of one length, to *strings. HR_INPUT where the array
 * holds anything else. */
hr_status hr_h5_read_strings(hr_h5 *file, const char *name, int64_t first, int64_t count, hr_strings *strings,
                             hr_error *err);

/* Root attributes. Text longer than `size` - 1 bytes is cut. */
hr_status hr_h5_set_i64(hr_h5 *file, const char *name, int64_t value, hr_error *err);
hr_status hr_h5_set_f64(hr_h5 *file, const char *name, double value, hr_error *err);
hr_status hr_h5_set_text(hr_h5 *file, const char *name, const char *value, hr_error *err);
bool hr_h5_has_attribute(hr_h5 *file, const char *name);
hr_status hr_h5_get_i64(hr_h5 *file, const char *name, int64_t *value, hr_error *err);
hr_status hr_h5_get_f64(hr_h5 *file, const char *name, double *value, hr_error *err);
hr_status hr_h5_get_text(hr_h5 *file, const char *name, char *value, int64_t size, hr_error *err);

#endif
