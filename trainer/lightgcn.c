#include "trainer/lightgcn.h"

#include "trainer/propagation.h"

static hr_status create(void **state, hr_graph_context *graph, const hr_train_options *options, hr_error *err)
{
    return hr_propagation_create((hr_propagation **)state, graph, graph->grid.columns, options->layers,
                                 (hr_wire)options->halo, err);
}

static void destroy(void *state)
{
    hr_propagation_destroy(state);
}

/* The mean of layers is a symmetric matrix: it runs backward as it runs forward. */
static hr_status propagate(void *state, const float *x, float *out, hr_error *err)
{
    return hr_propagation_run(state, x, out, err);
}

const hr_model hr_lightgcn = {
    .name = "lightgcn",
    .summary = "linear propagation of embeddings, mean of layers (He et al. 2020)",
    .losses = {HR_LOSS_BPR, HR_LOSS_BPR},
    .create = create,
    .destroy = destroy,
    .forward = propagate,
    .backward = propagate,
};
