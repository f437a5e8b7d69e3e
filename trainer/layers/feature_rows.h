/* Learned rows of movie features: F W is added to the movies' rows, where F [movies x features] are the
 * features and W [features x dim] has a learned row for each feature. */
#ifndef HR_TRAINER_LAYERS_FEATURE_ROWS_H
#define HR_TRAINER_LAYERS_FEATURE_ROWS_H

#include "trainer/graph/graph_context.h"

/* Adds F W to the owned movies' rows of `rows`, [owned x dim].
 *   weights  W, [graph->feature_count x dim]
 * Local. */
void hr_feature_rows_add(const hr_graph_context *graph, const float *weights, float *rows);

/* The adjoint: gradient += F' G, where G are the owned movies' rows of row_gradient, [owned x dim].
 *   pieces  HR_DENSE_PIECES x graph->feature_count x dim floats to work with
 * Collective where sums are reproducible. HR_COMM. */
hr_status hr_feature_rows_gradient(const hr_graph_context *graph, const float *row_gradient, float *pieces,
                                   const hr_row_sums *gradient, hr_error *err);

/* Initial weights: small, drawn from the seed, the same on all ranks. Local. */
void hr_feature_rows_start(const hr_graph_context *graph, uint64_t seed, float *weights);

#endif
