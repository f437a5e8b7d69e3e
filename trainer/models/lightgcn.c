#include "trainer/models/lightgcn.h"

#include "io/base/memory.h"
#include "trainer/propagation/propagation.h"

#include <math.h>

typedef struct lightgcn {
    hr_graph_context *graph;
    const hr_model_config *config;
    hr_propagation *propagation;
} lightgcn;

static void destroy(void *state)
{
    lightgcn *m = state;
    if (m)
        hr_propagation_destroy(m->propagation);
    free(m);
}

static hr_status create(void **state, hr_graph_context *graph, const hr_model_config *config, hr_error *err)
{
    hr_status status = HR_OK;
    lightgcn *m = NULL;
    HR_ALLOC(m, 1);
    *m = (lightgcn){.graph = graph, .config = config};
    HR_TRY(hr_propagation_create(&m->propagation, graph, graph->grid.columns, config->layers,
                                 config->user_power, config->halo, err));
    *state = m;
done:
    if (status != HR_OK)
        destroy(m);
    return status;
}

static hr_status forward(void *state, int64_t step, const float *parameters, const float *dense,
                         float *output, hr_error *err)
{
    const lightgcn *m = state;
    (void)step;
    (void)dense;
    return hr_propagation_run(m->propagation, parameters, output, err);
}

/* The mean of layers is a symmetric matrix: it runs backward as it runs forward. */
static hr_status backward(void *state, const float *gradient, const float *dense, float *parameter_gradient,
                          const hr_row_sums *dense_gradient, hr_error *err)
{
    const lightgcn *m = state;
    (void)dense;
    (void)dense_gradient;
    return hr_propagation_run(m->propagation, gradient, parameter_gradient, err);
}

static int64_t matrices(const hr_model_config *config)
{
    return config->layers > 0 ? 1 : 0;
}

/* Scales movies' means of layers 0 … L - 1 to what a user's output row is the sum of (lightgcn.h). */
static void scale_movies(const lightgcn *m, float *rows)
{
    const hr_shard *shard = &m->graph->shard;
    const int64_t columns = m->graph->grid.columns;
    const double layers = (double)m->config->layers;
    for (int64_t v = shard->owned_users; v < shard->owned; v++) {
        const double degree = shard->degree[v] > 0 ? (double)shard->degree[v] : 1.0;
        const float scale = (float)(layers / (layers + 1.0) * pow(degree, m->config->user_power - 1.0));
        for (int64_t c = 0; c < columns; c++)
            rows[v * columns + c] *= scale;
    }
}

static hr_status matrix(void *state, int64_t number, const float *parameters, float *rows, hr_error *err)
{
    hr_status status = HR_OK;
    const lightgcn *m = state;
    (void)number;
    HR_TRY(hr_propagation_run_fewer(m->propagation, m->config->layers - 1, parameters, rows, err));
    scale_movies(m, rows);
done:
    return status;
}

static const hr_user_inputs user_inputs = {.matrices = matrices, .matrix = matrix};

const hr_model hr_lightgcn = {
    .name = "lightgcn",
    .summary = "linear propagation of embeddings, mean of layers (He et al. 2020)",
    .losses = {HR_LOSS_BPR, HR_LOSS_SOFTMAX, HR_LOSS_BCE},
    .is_symmetric = true,
    .create = create,
    .destroy = destroy,
    .forward = forward,
    .backward = backward,
    .user_inputs = &user_inputs,
};
