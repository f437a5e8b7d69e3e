#include "trainer/models/lightgcn.h"

#include "trainer/propagation/propagation.h"

static hr_status create(void **state, hr_graph_context *graph, const hr_model_config *config, hr_error *err)
{
    return hr_propagation_create((hr_propagation **)state, graph, graph->grid.columns, config->layers,
                                 config->user_power, config->halo, err);
}

static void destroy(void *state)
{
    hr_propagation_destroy(state);
}

static hr_status forward(void *state, int64_t step, const float *parameters, const float *dense,
                         float *output, hr_error *err)
{
    (void)step;
    (void)dense;
    return hr_propagation_run(state, parameters, output, err);
}

/* The mean of layers is a symmetric matrix: it runs backward as it runs forward. */
static hr_status backward(void *state, const float *gradient, const float *dense, float *parameter_gradient,
                          const hr_row_sums *dense_gradient, hr_error *err)
{
    (void)dense;
    (void)dense_gradient;
    return hr_propagation_run(state, gradient, parameter_gradient, err);
}

const hr_model hr_lightgcn = {
    .name = "lightgcn",
    .summary = "linear propagation of embeddings, mean of layers (He et al. 2020)",
    .losses = {HR_LOSS_BPR, HR_LOSS_SOFTMAX, HR_LOSS_BCE},
    .is_symmetric = true,
    .create = create,
    .destroy = destroy,
    .forward = forward,
    .backward = backward,
};
