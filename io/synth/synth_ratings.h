/* The ratings that synthetic users give. */
#ifndef HR_IO_SYNTH_SYNTH_RATINGS_H
#define HR_IO_SYNTH_SYNTH_RATINGS_H

#include "io/base/error.h"
#include "io/dataset/ratings.h"
#include "io/synth/synth.h"
#include "io/synth/synth_taste.h"

#include <stdint.h>

/* Writes ratings->value: a sum of the user's and the movie's bias, liking and chance, rounded to halves so
 * that the histogram is the preset's. ptr and movie are filled. HR_MEMORY. */
hr_status hr_synth_ratings(hr_ratings *ratings, const hr_taste *taste, const hr_synth_preset *preset,
                           uint64_t seed, hr_error *err);

#endif
