/* Text tables as GroupLens publishes them: CSV with a header line, and the older `::`-separated .dat files.
 */
#ifndef HR_IO_READERS_TABLE_H
#define HR_IO_READERS_TABLE_H

#include "io/base/error.h"

#include <stdint.h>
#include <stdio.h>

enum { HR_TABLE_COLUMNS = 8 };

/* Takes one row: `field` holds the wanted columns in the order they were asked for, NUL-terminated, valid
 * during the call. A failure ends the reading. */
typedef hr_status hr_table_row_fn(void *context, const char *const *field, const char *path, int64_t line,
                                  hr_error *err);

/* Reads a CSV file (RFC 4180: quoted fields, doubled quotes, LF or CRLF) whose header line names at least the
 * wanted columns, in any order. Empty lines are passed over. HR_IO where it cannot be read; HR_INPUT with
 * file and line for a header without a wanted column, a row of another length than the header, or broken
 * quotes. */
hr_status hr_table_read_csv(const char *path, const char *const *columns, int wanted, hr_table_row_fn *row,
                            void *context, hr_error *err);

/* Reads a file of lines with exactly `wanted` fields separated by "::", in their fixed order. */
hr_status hr_table_read_dat(const char *path, int wanted, hr_table_row_fn *row, void *context, hr_error *err);

/* HR_OK where getline has read to the end of the file; HR_IO where it cannot be read, HR_MEMORY where a line
 * found no room. Call it right after getline: it reads errno. */
hr_status hr_table_end(FILE *file, const char *path, hr_error *err);

/* Fields as numbers; HR_INPUT naming file, line and what was found. */
hr_status hr_table_id(const char *field, const char *what, const char *path, int64_t line, int64_t *value,
                      hr_error *err); /* a positive whole number */
hr_status hr_table_integer(const char *field, const char *what, const char *path, int64_t line,
                           int64_t *value, hr_error *err); /* any whole number; 0 for an empty field */

#endif
