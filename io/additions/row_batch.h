/* Ratings that are in memory, handed over as a source hands its rows over: a thousand at a time. */
#ifndef HR_IO_ADDITIONS_ROW_BATCH_H
#define HR_IO_ADDITIONS_ROW_BATCH_H

#include "io/base/error.h"
#include "io/readers/rating_rows.h"

#include <stdint.h>

/* One thread's. Zero-initialise, with `take` and `context`; free with hr_row_batch_free. */
typedef struct hr_row_batch {
    hr_take_rows *take;
    void *context;
    hr_rating_rows *rows;
    char *copy; /* [capacity] ids of the rows, and room around them */
    int64_t used, capacity;
} hr_row_batch;

/* Adds a rating; ids are copied. What `take` returns; HR_MEMORY. */
hr_status hr_row_batch_add(hr_row_batch *batch, const char *user, const char *item, float value, int64_t time,
                           uint8_t split, hr_error *err);

/* Hands over what is left. */
hr_status hr_row_batch_flush(hr_row_batch *batch, hr_error *err);
void hr_row_batch_free(hr_row_batch *batch);

#endif
