/* Rows that a test makes up, as a source of io/ingest. */
#ifndef HR_TESTS_SUPPORT_MADE_ROWS_H
#define HR_TESTS_SUPPORT_MADE_ROWS_H

#include "io/ingest/share.h"

#include <stdint.h>

typedef struct made_row {
    const char *user, *item;
    float value;
    int64_t time;
    uint8_t split;
} made_row;

typedef struct made_rows {
    const made_row *row; /* [count] */
    int64_t count;
    int64_t fails; /* number of the row that cannot be read; -1: none */
} made_rows;

/* A source of these rows, cut by number of row. */
hr_row_source made_source(const made_rows *rows);

#endif
