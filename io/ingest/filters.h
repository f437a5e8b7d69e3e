/* Ratings that are left out because of what they are, or of how many there are of their user or movie. They
 * are marked HR_DROPPED; hr_compact takes them out. */
#ifndef HR_IO_INGEST_FILTERS_H
#define HR_IO_INGEST_FILTERS_H

#include "io/comm/comm.h"
#include "io/dataset/ratings.h"

#include <stdint.h>

/* Drops the ratings below `lowest`; returns how many. Local. */
int64_t hr_drop_below(hr_ratings *ratings, float lowest);

/* The largest part in which every user has at least `users_need` ratings and every movie `movies_need`:
 * those that have fewer are dropped, over and over until none is left.
 *   ratings  this rank's users; movies are counted over all ranks
 *   dropped  receives the number of this rank's ratings that were dropped
 * Collective. HR_MEMORY, HR_COMM. */
hr_status hr_keep_core(hr_ratings *ratings, const hr_comm *comm, int64_t users_need, int64_t movies_need,
                       int64_t *dropped, hr_error *err);

#endif
