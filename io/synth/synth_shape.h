/* Numbers of ratings that follow a published minimum, median, mean and maximum. */
#ifndef HR_IO_SYNTH_SYNTH_SHAPE_H
#define HR_IO_SYNTH_SYNTH_SHAPE_H

#include "io/base/error.h"
#include "io/synth/synth.h"

#include <stdint.h>

/* Writes `count` numbers of ratings in ascending order that sum up to `total` exactly, with the shape's
 * minimum and maximum exactly and its median to rounding. They lie on a quantile function that is linear in
 * the logarithm below the median and a power of it above, the exponent being what the mean asks for. */
void hr_synth_degrees(const hr_degree_shape *shape, int64_t count, int64_t total, int64_t *degree);

/* Puts `count` numbers into an order drawn from the seed and the step (Fisher & Yates). */
void hr_synth_shuffle(int64_t *values, int64_t count, uint64_t seed, uint32_t step);

#endif
