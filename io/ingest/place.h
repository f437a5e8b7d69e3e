/* The second pass: each rating goes to its slot, on the rank that has its user. */
#ifndef HR_IO_INGEST_PLACE_H
#define HR_IO_INGEST_PLACE_H

#include "io/comm/comm.h"
#include "io/dataset/ratings.h"
#include "io/ingest/share.h"

#include <stdint.h>

/* Reads the rows again and stores them in their slots: users are cut into contiguous ranges of about as many ratings, one a
 * rank; within a user, ratings are in the order of the source. A rank keeps no row that is not its own longer
 * than a round: threads fill buffers of some MiB, which ranks exchange when one is full.
 *   shares   numbered by hr_shares_number; their slots are used up
 *   ptr      [users + 1] slots of each user, of all ranks
 *   ratings  empty; receives this rank's users. Free with hr_ratings_free, also after a failure.
 * Collective. Errors as in hr_shares_count. */
hr_status hr_place_ratings(hr_shares *shares, const hr_comm *comm, const hr_row_source *source,
                           const hr_time_range *range, const int64_t *ptr, int64_t users, int64_t movies,
                           hr_ratings *ratings, hr_error *err);

#endif
