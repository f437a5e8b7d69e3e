/* The ratings that synthetic users give. */
#ifndef HR_IO_SYNTH_SYNTH_RATINGS_H
#define HR_IO_SYNTH_SYNTH_RATINGS_H

#include "io/base/error.h"
#include "io/dataset/ratings.h"
#include "io/synth/synth.h"
#include "io/synth/synth_taste.h"

#include <stdint.h>

/* A score's parts, which io/synth_by_user/rating_blocks.c puts together too: of a user's or a movie's bias, and of the share of
 * a liking. */
enum { HR_SYNTH_BINS = 1 << 18, HR_SYNTH_VALUES = 10 };
extern const float hr_synth_liking_deviation, hr_synth_chance_deviation;
float hr_synth_user_bias(uint64_t seed, int64_t user);
float hr_synth_movie_bias(uint64_t seed, int64_t movie);

/* The bin of a score. */
int hr_synth_bin(float score);

/* The value, in halves less 1, that each bin of scores gets: the lowest scores get the lowest value, and each value is
 * given in the proportion of the histogram.
 *   bin_count      [HR_SYNTH_BINS] scores in each
 *   value_of_bin   [HR_SYNTH_BINS] */
void hr_synth_cut_bins(const int64_t *bin_count, const int64_t histogram[HR_SYNTH_VALUES],
                       uint8_t *value_of_bin);

/* Writes ratings->value: a sum of the user's and the movie's bias, liking and chance, rounded to halves so
 * that the histogram is the preset's. ptr and movie are filled. HR_MEMORY. */
hr_status hr_synth_ratings(hr_ratings *ratings, const hr_taste *taste, const hr_synth_preset *preset,
                           uint64_t seed, hr_error *err);

#endif
