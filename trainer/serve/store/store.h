/* The file of visitors while a server runs: one connection writes, another reads beside it.
 *
 * Functions of this room may be called by any thread. Each is one transaction: when it returns HR_OK, what it wrote is on the
 * disk. They fail by HR_IO where the disk is full or the file is locked by others, HR_INPUT where the file is damaged, HR_MEMORY. */
#ifndef HR_TRAINER_SERVE_STORE_STORE_H
#define HR_TRAINER_SERVE_STORE_STORE_H

#include "io/base/error.h"
#include "io/visitors/visitors_file.h"

/* Zero-initialise; close with hr_store_close. */
typedef struct hr_store {
    hr_sql *writer;
    hr_sql *reader;
} hr_store;

/* Opens the file (io/visitors/visitors_file.h), and makes it where there is none. */
hr_status hr_store_open(hr_store *store, const char *path, hr_error *err);
void hr_store_close(hr_store *store);

/* One statement as a transaction; *changes, unless NULL, receives the rows that it changed. */
hr_status hr_store_run(hr_store *store, hr_error *err, int64_t *changes, const char *sql,
                       const hr_sql_value *values, int count);

#endif
