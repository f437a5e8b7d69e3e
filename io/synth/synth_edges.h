/* Who rates what in the synthetic data. */
#ifndef HR_IO_SYNTH_SYNTH_EDGES_H
#define HR_IO_SYNTH_SYNTH_EDGES_H

#include "io/base/error.h"
#include "io/synth/synth_taste.h"

#include <stdint.h>

/* Gives each user as many different movies as user_ptr says and each movie as many users as `movie_degree`
 * says, both exactly: a pool holds each movie once for each rating it is to get; a user looks at a few of
 * what is left and takes the one most to the user's liking. Users take turns, so that what is left over at
 * the end is nobody's alone; where only movies remain that a user has, a movie is exchanged with another
 * user. user_ptr      [users + 1] prefix sums of the users' numbers of ratings movie_degree  [movies] with
 * the same sum chosen        [user_ptr[users]] receives the users' movies, in no particular order HR_MEMORY.
 */
hr_status hr_synth_wire(const hr_taste *taste, const int64_t *user_ptr, const int64_t *movie_degree,
                        uint64_t seed, int32_t *chosen, hr_error *err);

#endif
