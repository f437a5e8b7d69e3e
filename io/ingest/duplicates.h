/* Each user's ratings in order of movie, each movie once. */
#ifndef HR_IO_INGEST_DUPLICATES_H
#define HR_IO_INGEST_DUPLICATES_H

#include "io/base/error.h"
#include "io/dataset/ids.h"
#include "io/dataset/ratings.h"

#include <stdint.h>

/* Which of a user's ratings of one movie stays: the last or the first in time, the greatest, or their sum,
 * with the last time. Of equal times the later in the source counts as the later; an unknown time is before
 * all others. HR_DUPLICATES_ERROR: there may be none. Where the source is split and a pair is in several
 * parts, only its ratings of the first part count: train before valid before test. HR_DUPLICATES_CHANGED: the last stays, in
 * the part of the pair's first row in the source; for rows behind those of a dataset, which have no part of their own. */
typedef enum hr_duplicates {
    HR_DUPLICATES_LAST,
    HR_DUPLICATES_FIRST,
    HR_DUPLICATES_SUM,
    HR_DUPLICATES_MAX,
    HR_DUPLICATES_ERROR,
    HR_DUPLICATES_CHANGED
} hr_duplicates;

/* What a rating's split is once it is dropped, until hr_compact takes it out. */
enum { HR_DROPPED = UINT8_MAX };

/* Sorts the ratings of each user, which are in the order of the source, by movie, and drops all but one of
 * each movie.
 *   dropped  receives their number
 *   user_id, movie_id  of all users and movies, for the message
 * Local; on all threads. HR_INPUT for the first duplicate where there may be none, or a sum beyond a float's
 * range; HR_MEMORY. */
hr_status hr_ratings_order(hr_ratings *ratings, hr_duplicates rule, const hr_ids *user_id,
                           const hr_ids *movie_id, int64_t *dropped, hr_error *err);

#endif
