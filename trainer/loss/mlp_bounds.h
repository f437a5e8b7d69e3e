/* Units of the exact sums (exact.h) that a step of an MLP is made of, from bounds of all that it can come
 * to: layer by layer no unit passes the largest column sum of the matrix times the bound of the layer below
 * (the matrix's norm for largest entries), and backward no slope the largest row sum times that of the layer
 * above. Weights are the same on all ranks, and so are these. */
#ifndef HR_TRAINER_LOSS_MLP_BOUNDS_H
#define HR_TRAINER_LOSS_MLP_BOUNDS_H

#include "trainer/loss/mlp.h"

/* What no score passes in size, before its bounds, of rows whose entries do not pass `row`. */
double hr_mlp_largest_score(const hr_mlp_shape *shape, const float *weights, double row);

/* The units of sums over `pairs` pairs.
 *   row    what no entry of the rows passes in size
 *   slope  what no pair's slope does, before the score's bounds */
hr_mlp_units hr_mlp_units_of(const hr_mlp_shape *shape, const float *weights, double row, double slope,
                             double pairs);

#endif
