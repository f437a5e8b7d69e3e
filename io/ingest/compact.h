/* Takes out what the filters dropped: ratings, then users and movies that have none left. */
#ifndef HR_IO_INGEST_COMPACT_H
#define HR_IO_INGEST_COMPACT_H

#include "io/comm/comm.h"
#include "io/dataset/ids.h"
#include "io/dataset/ratings.h"

#include <stdbool.h>
#include <stdint.h>

/* Takes out the ratings that are HR_DROPPED, the users that have none left, and the movies that have none
 * left and are not in `listed`; renumbers.
 *   ratings  this rank's users; shrinks, and first_user and movies change
 *   user_id, movie_id  the same on all ranks, before and after
 *   listed   [movies] whether a movie stays without ratings; the same on all ranks
 * Collective. HR_MEMORY, HR_COMM. */
hr_status hr_compact(hr_ratings *ratings, const hr_comm *comm, hr_ids *user_id, hr_ids *movie_id,
                     const bool *listed, hr_error *err);

#endif
