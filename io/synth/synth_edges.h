/* Who rates what in the synthetic data. */
#ifndef HR_IO_SYNTH_SYNTH_EDGES_H
#define HR_IO_SYNTH_SYNTH_EDGES_H

#include "io/base/error.h"
#include "io/synth/synth_taste.h"

#include <stdint.h>

/* Gives each user as many different movies as user_ptr says and each movie as many users as movie_degree
 * says, both exactly. A pool holds each movie once for each rating it is to get; a user scores a few
 * candidates of what is left in it and takes the one that the user likes most. Users take their movies in
 * rounds, so that what remains at the end is spread over all of them; where only movies remain that a user
 * has, a movie is exchanged with another user.
 *
 *   user_ptr      [users + 1] prefix sums of the users' numbers of ratings
 *   movie_degree  [movies] numbers of ratings, with the same sum
 *   chosen        [user_ptr[users]] receives the users' movies, in no particular order
 *
 * HR_MEMORY; HR_INPUT where the seed leaves a user without a movie to rate. */
hr_status hr_synth_wire(const hr_taste *taste, const int64_t *user_ptr, const int64_t *movie_degree,
                        uint64_t seed, int32_t *chosen, hr_error *err);

#endif
