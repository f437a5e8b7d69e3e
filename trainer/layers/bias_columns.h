/* Biases in rows that score by dot products: of whole rows, column 0 of a user is 1 and column 1 a bias,
 * column 0 of a movie is a bias and column 1 is 1. */
#ifndef HR_TRAINER_LAYERS_BIAS_COLUMNS_H
#define HR_TRAINER_LAYERS_BIAS_COLUMNS_H

#include "trainer/graph/graph_context.h"

/* Of this rank's owned rows (owned x columns): writes `one` where a row has its constant, and adds `mean` to
 * the users' biases. Local. */
void hr_bias_columns_set(const hr_graph_context *graph, float *rows, float one, float mean);

#endif
