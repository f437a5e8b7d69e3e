/* Bounds of all sums of a step of an MLP (numerics/summation.h says what they are for). Forward, layer by
 * layer, an activation is at most the largest column sum of the matrix's absolute values times the bound of
 * the layer below. Backward, a gradient is at most the largest row sum of them times the bound of the layer
 * above. Weights are the same on all ranks, and so are the bounds. */
#ifndef HR_TRAINER_LOSS_MLP_BOUNDS_H
#define HR_TRAINER_LOSS_MLP_BOUNDS_H

#include "trainer/loss/mlp.h"

/* A bound of the size of scores, before the sigmoid maps them to ratings, for rows of entries up to `row` in
 * size. */
double hr_mlp_largest_score(const hr_mlp_shape *shape, const float *weights, double row);

/* Bounds of sums over `pairs` pairs.
 *   row             bound of the size of the rows' entries
 *   score_gradient  bound of the size of a pair's derivative by the score, before the sigmoid of ratings */
hr_mlp_bounds hr_mlp_bounds_of(const hr_mlp_shape *shape, const float *weights, double row,
                               double score_gradient, double pairs);

#endif
