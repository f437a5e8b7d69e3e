/* Bounds of all sums of a step of an MLP (numerics/summation.h says what they are for). Forward, layer by layer, no
 * activation passes the largest column sum of the matrix times the bound of the layer below (the matrix's norm
 * for largest entries). Backward, no gradient passes the largest row sum times that of the layer above. Weights
 * are the same on all ranks, and so are the bounds. */
#ifndef HR_TRAINER_LOSS_MLP_BOUNDS_H
#define HR_TRAINER_LOSS_MLP_BOUNDS_H

#include "trainer/loss/mlp.h"

/* What no score passes in size, before it is bounded to ratings, of rows whose entries do not pass `row`. */
double hr_mlp_largest_score(const hr_mlp_shape *shape, const float *weights, double row);

/* Bounds of sums over `pairs` pairs.
 *   row             what no entry of the rows passes in size
 *   score_gradient  what no gradient of a pair's score passes, before the score is bounded to ratings */
hr_mlp_bounds hr_mlp_bounds_of(const hr_mlp_shape *shape, const float *weights, double row,
                               double score_gradient, double pairs);

#endif
