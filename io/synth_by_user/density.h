/* A dataset reduced to a small matrix of densities. */
#ifndef HR_IO_SYNTH_BY_USER_DENSITY_H
#define HR_IO_SYNTH_BY_USER_DENSITY_H

#include "io/base/error.h"
#include "io/dataset/ratings.h"

#include <stdint.h>

/* Cuts users in order of activity, and movies in order of popularity, into even groups, and writes the density of
 * ratings of each pair of groups, divided by the largest: density [user_groups x movie_groups], the busiest and the
 * most popular first. HR_MEMORY. */
hr_status hr_density_reduce(const hr_ratings *ratings, int64_t user_groups, int64_t movie_groups,
                            float *density, hr_error *err);

#endif
