/* An SQLite file: statements, prepared once and kept, with values that are bound and never part of the text.
 *
 * A connection is used by one thread at a time: hr_sql_lock it, or hr_sql_begin a transaction, around all calls below. */
#ifndef HR_IO_VISITORS_SQL_H
#define HR_IO_VISITORS_SQL_H

#include "io/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct hr_sql hr_sql;

typedef enum hr_sql_access {
    HR_SQL_READS,  /* a file that is there */
    HR_SQL_WRITES, /* a file that is there */
    HR_SQL_CREATES /* makes an empty file, which its owner alone may read, where none is there */
} hr_sql_access;

/* Opens a file. A transaction that has ended is on the disk (WAL, synchronous FULL); foreign keys are enforced; what another
 * process writes is waited for, up to 10 seconds. HR_IO, HR_INPUT where the file is not SQLite's, HR_MEMORY. */
hr_status hr_sql_open(hr_sql **db, const char *path, hr_sql_access access, hr_error *err);
void hr_sql_close(hr_sql *db);

void hr_sql_lock(hr_sql *db);
void hr_sql_unlock(hr_sql *db);

/* Locks, and begins a transaction of which others see all or nothing; unlocks where it fails. HR_IO. */
hr_status hr_sql_begin(hr_sql *db, hr_error *err);
/* Ends it and unlocks: for good where `status` is HR_OK, otherwise as if it had not been. Returns status, or why it is
 * not kept. */
hr_status hr_sql_end(hr_sql *db, hr_status status, hr_error *err);

/* A value that a `?` of a statement takes. Text and bytes are the caller's and stay as they are until the statement ends. */
typedef struct hr_sql_value {
    enum { HR_SQL_INTEGER, HR_SQL_REAL, HR_SQL_TEXT, HR_SQL_BYTES } kind;
    int64_t integer; /* or the bytes' count */
    double real;
    const void *bytes;
} hr_sql_value;

static inline hr_sql_value hr_sql_integer(int64_t integer)
{
    return (hr_sql_value){.kind = HR_SQL_INTEGER, .integer = integer};
}

static inline hr_sql_value hr_sql_real(double real)
{
    return (hr_sql_value){.kind = HR_SQL_REAL, .real = real};
}

/* NUL-terminated. */
static inline hr_sql_value hr_sql_text(const char *text)
{
    return (hr_sql_value){.kind = HR_SQL_TEXT, .bytes = text};
}

static inline hr_sql_value hr_sql_bytes(const void *bytes, int64_t count)
{
    return (hr_sql_value){.kind = HR_SQL_BYTES, .integer = count, .bytes = bytes};
}

/* The values of a statement, and how many. */
#define HR_SQL_VALUES(...)                                                                                   \
    (const hr_sql_value[]){__VA_ARGS__}, (int)(sizeof((hr_sql_value[]){__VA_ARGS__}) / sizeof(hr_sql_value))
#define HR_SQL_NO_VALUES NULL, 0

/* Runs a statement that gives no rows. `sql` is a constant of the program, by whose address the prepared statement is found
 * again. HR_USAGE where a constraint refuses it, HR_IO, HR_INPUT, HR_MEMORY. */
hr_status hr_sql_run(hr_sql *db, hr_error *err, const char *sql, const hr_sql_value *values, int count);

/* Rows and ids that the last hr_sql_run changed and made. */
int64_t hr_sql_changes(const hr_sql *db);
int64_t hr_sql_last_id(const hr_sql *db);

/* The rows of a query, one after the other. */
typedef struct hr_sql_rows {
    hr_sql *db;
    struct sqlite3_stmt *statement;
} hr_sql_rows;

/* Begins a query; hr_sql_finish in any case. */
hr_status hr_sql_query(hr_sql_rows *rows, hr_sql *db, hr_error *err, const char *sql,
                       const hr_sql_value *values, int count);
/* Goes to the first or next row; *found is false where there is none. */
hr_status hr_sql_next(hr_sql_rows *rows, bool *found, hr_error *err);
void hr_sql_finish(hr_sql_rows *rows);

/* A column of the row. Text is NUL-terminated; it and bytes are valid until the next row; NULL for want of memory. */
int64_t hr_sql_column_integer(const hr_sql_rows *rows, int column);
double hr_sql_column_real(const hr_sql_rows *rows, int column);
const char *hr_sql_column_text(const hr_sql_rows *rows, int column);
const void *hr_sql_column_bytes(const hr_sql_rows *rows, int column, int64_t *count);

/* A query of one row and one whole number; *found is false, and *value 0, where there is no row. */
hr_status hr_sql_number(hr_sql *db, hr_error *err, int64_t *value, bool *found, const char *sql,
                        const hr_sql_value *values, int count);

#endif
