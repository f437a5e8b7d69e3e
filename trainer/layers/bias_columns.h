/* Biases of users and movies as two columns of rows that are scored by dot products. Column 0 is 1 for a user
 * and the bias of a movie; column 1 is the bias of a user and 1 for a movie. */
#ifndef HR_TRAINER_LAYERS_BIAS_COLUMNS_H
#define HR_TRAINER_LAYERS_BIAS_COLUMNS_H

#include "trainer/graph/graph_context.h"

/* Sets the constant of each owned row [owned x columns] to `one`, and adds `mean` to the biases of users. A
 * rank of a grid that holds neither column does nothing. Local. */
void hr_bias_columns_set(const hr_graph_context *graph, float *rows, float one, float mean);

#endif
