/* A sample of the users that weights of movies are worked out for (io/synth_by_user/draw_weights.h). */
#ifndef HR_IO_SYNTH_BY_USER_DRAW_SAMPLE_H
#define HR_IO_SYNTH_BY_USER_DRAW_SAMPLE_H

#include "io/base/error.h"
#include "io/synth/synth.h"
#include "io/synth_by_user/draw_weights.h"

#include <stdint.h>

/* Fills *sample, which is zero, with users of whom each stands for an equal share of all ratings.
 *   degree  [preset->users] numbers of ratings, ascending
 * Free with hr_draw_sample_free, also after a failure. HR_MEMORY. */
hr_status hr_draw_sample_make(hr_draw_sample *sample, const hr_taste *taste, const hr_synth_preset *preset,
                              const int64_t *degree, uint64_t seed, hr_error *err);
void hr_draw_sample_free(hr_draw_sample *sample);

#endif
