/* Models whose output rows are their rows of parameters. */
#ifndef HR_TRAINER_MODELS_PARAMETER_ROWS_H
#define HR_TRAINER_MODELS_PARAMETER_ROWS_H

#include "trainer/graph_context.h"

/* Copies this rank's owned rows, unless they are there already. Local. */
void hr_parameter_rows_copy(const hr_graph_context *graph, const float *from, float *to);

#endif
