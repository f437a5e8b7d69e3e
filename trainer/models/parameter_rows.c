#include "trainer/models/parameter_rows.h"

#include "io/base/memory.h"
#include "trainer/layers/bias_columns.h"

#include <string.h>

typedef struct parameter_rows {
    const hr_graph_context *graph;
    bool has_biases;
    float mean; /* that the biases begin at */
} parameter_rows;

hr_status hr_parameter_rows_create(void **state, hr_graph_context *graph, const hr_model_config *config,
                                   hr_error *err)
{
    hr_status status = HR_OK;
    parameter_rows *p = NULL;
    HR_ALLOC(p, 1);
    p->graph = graph;
    p->has_biases = !config->has_mlp;
    p->mean = config->predicts_ratings ? (float)graph->mean_rating : 0.0F;
    *state = p;
done:
    return status;
}

void hr_parameter_rows_destroy(void *state)
{
    free(state);
}

/* Copies the owned rows, unless they are there already, and writes the columns of biases. */
static void copy(const parameter_rows *p, const float *from, float *to, float one, float mean)
{
    if (from != to)
        memcpy(to, from, (size_t)(p->graph->shard.owned * p->graph->grid.columns) * sizeof *to);
    if (p->has_biases)
        hr_bias_columns_set(p->graph, to, one, mean);
}

hr_status hr_parameter_rows_forward(void *state, int64_t step, const float *parameters, const float *dense,
                                    float *output, hr_error *err)
{
    const parameter_rows *p = state;
    (void)step;
    (void)dense;
    (void)err;
    copy(p, parameters, output, 1.0F, p->mean);
    return HR_OK;
}

hr_status hr_parameter_rows_backward(void *state, const float *gradient, const float *dense,
                                     float *parameter_gradient, const hr_row_sums *dense_gradient,
                                     hr_error *err)
{
    (void)dense;
    (void)dense_gradient;
    (void)err;
    copy(state, gradient, parameter_gradient, 0.0F, 0.0F);
    return HR_OK;
}
