/* Where ingest gets its rows from, a source of io/readers or what a test makes up; and shares of them, each read by a
 * thread of a rank, with what the two passes know of it. */
#ifndef HR_IO_INGEST_SHARE_H
#define HR_IO_INGEST_SHARE_H

#include "io/comm/comm.h"
#include "io/dataset/ids.h"
#include "io/ingest/dictionary.h"
#include "io/readers/bad_lines.h"
#include "io/readers/rating_rows.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Hands over the rows of share `piece` of `pieces`, as hr_source_read does: any number of callers at once,
 * the same share giving the same rows each time, in order. */
typedef hr_status hr_read_rows(const void *source, int64_t piece, int64_t pieces, hr_take_rows *take,
                               void *context, hr_bad_lines *bad, hr_error *err);

/* Whether the rows and the bad lines of all shares together are as they should be. */
typedef hr_status hr_check_rows(const void *source, int64_t rows, const hr_bad_lines *bad, hr_error *err);

typedef struct hr_row_source {
    hr_read_rows *read;
    hr_check_rows *check; /* NULL: any are */
    const void *source;
    const char *name; /* for messages: a path */
} hr_row_source;

/* Rows and movies behind those of a source. */
typedef struct hr_more_rows {
    const void *context;
    int64_t count; /* rows */
    /* Hands them over, the same ones each time. Local. */
    hr_status (*read)(const void *context, hr_take_rows *take, void *take_context, hr_error *err);
    /* Whether a user has rows here. Local. */
    bool (*has_user)(const void *context, const char *id);
} hr_more_rows;

/* A source, and more behind it: the last share has it. */
typedef struct hr_both_rows {
    hr_row_source first;
    const hr_more_rows *more;
} hr_both_rows;

/* The rows of both, which must outlive it. */
hr_row_source hr_both_rows_source(const hr_both_rows *both);

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

typedef struct hr_share {
    hr_dictionary users, movies; /* ids of its rows that are taken */
    int64_t *rows; /* [users.count] rows of each user; hr_shares_place makes it the slot of the user's next */
    int64_t *movie; /* [movies.count] number of each movie, of hr_shares_number */
    int64_t rows_capacity;
    int64_t read, outside, timeless; /* rows; those outside the range of time; those taken without a time */
    float lowest, highest;           /* of the values taken */
    hr_bad_lines bad;
    hr_status status;
    hr_error err;
} hr_share;

/* The shares of one rank: number first … first + count - 1 of `all`. */
typedef struct hr_shares {
    hr_share *share; /* [count] */
    int64_t count, first, all;
} hr_shares;

/* Makes a share for each thread of each rank; free with hr_shares_free, also after a failure. Collective. */
hr_status hr_shares_new(hr_shares *shares, const hr_comm *comm, hr_error *err);
void hr_shares_free(hr_shares *shares);

/* The first pass: finds the ids, counts each user's rows. Collective. HR_INPUT as the source says it, of the
 * lowest share that fails; HR_MEMORY; HR_COMM. */
hr_status hr_shares_count(hr_shares *shares, const hr_comm *comm, const hr_row_source *source,
                          const hr_time_range *range, hr_error *err);

/* Gives users and movies the numbers that they have in `user_id` and `movie_id`, and each share the slots of
 * its rows: the rows of a user follow one another in the order of the source, users in order of number.
 *   ptr  [users + 1] receives the slots of each user, of all ranks
 * Collective. HR_MEMORY, HR_COMM. */
hr_status hr_shares_number(hr_shares *shares, const hr_comm *comm, const hr_ids *user_id,
                           const hr_ids *movie_id, int64_t *ptr, hr_error *err);

/* Leaves the message of the lowest share that failed, over all ranks. Collective. */
hr_status hr_shares_agree(const hr_shares *shares, const hr_comm *comm, hr_error *err);

#endif
