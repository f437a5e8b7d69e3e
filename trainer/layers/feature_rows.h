/* A learned row for each feature of movies, of which a movie's row gets the sum, each by how much the movie
 * has of it: rows += F W. */
#ifndef HR_TRAINER_LAYERS_FEATURE_ROWS_H
#define HR_TRAINER_LAYERS_FEATURE_ROWS_H

#include "trainer/graph/graph_context.h"

/* Owned movies' rows of `rows` (owned x dim) += F W for the weights W, graph->feature_count x dim. Local. */
void hr_feature_rows_add(const hr_graph_context *graph, const float *weights, float *rows);

/* The adjoint: gradient += F' slope, for slopes owned x dim.
 *   pieces  HR_DENSE_PIECES x graph->feature_count x dim floats to work with
 * Collective where sums are reproducible. HR_COMM. */
hr_status hr_feature_rows_gradient(const hr_graph_context *graph, const float *slope, float *pieces,
                                   const hr_row_sums *gradient, hr_error *err);

/* Starting values: small, drawn from the seed. */
void hr_feature_rows_start(const hr_graph_context *graph, uint64_t seed, float *weights);

#endif
