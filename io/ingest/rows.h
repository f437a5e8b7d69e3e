/* Where ingest gets its rows from: a source of io/readers, or what a test makes up. */
#ifndef HR_IO_INGEST_ROWS_H
#define HR_IO_INGEST_ROWS_H

#include "io/readers/bad_lines.h"
#include "io/readers/rating_rows.h"

/* Hands over the rows of share `piece` of `pieces`, as hr_source_read does: any number of callers at once,
 * the same share giving the same rows each time, in order. */
typedef hr_status hr_read_rows(const void *source, int64_t piece, int64_t pieces, hr_take_rows *take,
                               void *context, hr_bad_lines *bad, hr_error *err);

/* Whether all bad lines together are few enough, as hr_source_check_bad says. */
typedef hr_status hr_check_bad(const void *source, const hr_bad_lines *bad, hr_error *err);

typedef struct hr_row_source {
    hr_read_rows *read;
    hr_check_bad *check;
    const void *source;
    const char *name; /* for messages: a path */
} hr_row_source;

static inline bool hr_is_same_text(hr_text_piece a, hr_text_piece b)
{
    return a.length == b.length && memcmp(a.at, b.at, (size_t)a.length) == 0;
}

/* Rows of a time in since … until - 1 are taken; one of unknown time only where both are open. */
typedef struct hr_time_range {
    int64_t since, until; /* INT64_MIN, INT64_MAX: open */
} hr_time_range;

static inline bool hr_time_is_in(const hr_time_range *range, int64_t time)
{
    return (time >= range->since && time < range->until) ||
           (range->since == INT64_MIN && range->until == INT64_MAX);
}

#endif
