/* Models whose output rows are their rows of parameters, with biases in two columns (bias_columns.h)
 * unless an MLP scores them: the functions of their tables (trainer/models/model.h). */
#ifndef HR_TRAINER_MODELS_PARAMETER_ROWS_H
#define HR_TRAINER_MODELS_PARAMETER_ROWS_H

#include "trainer/models/model.h"

hr_status hr_parameter_rows_create(void **state, hr_graph_context *graph, const hr_model_config *config,
                                   hr_error *err);
void hr_parameter_rows_destroy(void *state);
hr_status hr_parameter_rows_forward(void *state, int64_t step, const float *parameters, const float *dense,
                                    float *output, hr_error *err);
hr_status hr_parameter_rows_backward(void *state, const float *gradient, const float *dense,
                                     float *parameter_gradient, const hr_row_sums *dense_gradient,
                                     hr_error *err);

#endif
