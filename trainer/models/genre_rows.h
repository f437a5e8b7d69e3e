/* A learned row for each genre, which is added to the rows of the movies that have it. */
#ifndef HR_TRAINER_MODELS_GENRE_ROWS_H
#define HR_TRAINER_MODELS_GENRE_ROWS_H

#include "trainer/graph_context.h"

/* rows (owned x dim) += genres' rows. genre: graph->genre_count x dim. Local. */
void hr_genre_rows_add(const hr_graph_context *graph, const float *genre, float *rows);

/* The adjoint: genre gradient += sums of the slopes (owned x dim) of the movies that have it. Local. */
void hr_genre_rows_gradient(const hr_graph_context *graph, const float *slope, float *gradient);

/* Starting values: small, drawn from the seed. */
void hr_genre_rows_start(const hr_graph_context *graph, uint64_t seed, float *genre);

#endif
