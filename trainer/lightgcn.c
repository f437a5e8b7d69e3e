#include "trainer/lightgcn.h"

#include "io/memory.h"

#include <math.h>
#include <string.h>

typedef struct lightgcn {
    hr_graph_context *graph;
    hr_model_shape shape;
    float *scale;  /* [owned] 1 / sqrt(degree), 0 for a vertex without edges */
    float *scaled; /* [(owned + ghosts) x dim] D^-1/2 times the rows being propagated */
    float *sum;    /* [(owned + ghosts) x dim] what the edge pass adds up */
} lightgcn;

static void destroy(void *state)
{
    lightgcn *model = state;
    if (!model)
        return;
    free(model->sum);
    free(model->scaled);
    free(model->scale);
    free(model);
}

static hr_status create(void **state, hr_graph_context *graph, const hr_model_shape *shape, hr_error *err)
{
    hr_status status = HR_OK;
    lightgcn *model = NULL;
    const hr_shard *shard = &graph->shard;
    HR_ALLOC(model, 1);
    model->graph = graph;
    model->shape = *shape;
    HR_ALLOC(model->scale, shard->owned);
    HR_ALLOC(model->scaled, (shard->owned + shard->ghosts) * shape->dim);
    HR_ALLOC(model->sum, (shard->owned + shard->ghosts) * shape->dim);
    for (int64_t v = 0; v < shard->owned; v++)
        model->scale[v] = shard->degree[v] > 0 ? 1.0F / sqrtf((float)shard->degree[v]) : 0.0F;
    *state = model;
done:
    if (status != HR_OK)
        destroy(model);
    return status;
}

/* out[v] = scale[v] * (x[v] + scale[v] * sum[v]), the next rows to propagate; sum of NULL counts as 0. */
static void scale_next(const lightgcn *model, const float *restrict x, const float *restrict sum,
                       float *restrict out)
{
    const int64_t dim = model->shape.dim;
#pragma omp parallel for schedule(static)
    for (int64_t v = 0; v < model->graph->shard.owned; v++)
        for (int64_t c = v * dim; c < (v + 1) * dim; c++)
            out[c] = model->scale[v] * (x[c] + (sum ? model->scale[v] * sum[c] : 0.0F));
}

/* out[v] = (x[v] + scale[v] * sum[v]) / (layers + 1), the mean that the model returns; out may be x. */
static void finish(const lightgcn *model, const float *x, const float *sum, float *out)
{
    const int64_t dim = model->shape.dim;
    const float share = 1.0F / (float)(model->shape.layers + 1);
#pragma omp parallel for schedule(static)
    for (int64_t v = 0; v < model->graph->shard.owned; v++)
        for (int64_t c = v * dim; c < (v + 1) * dim; c++)
            out[c] = share * (x[c] + (sum ? model->scale[v] * sum[c] : 0.0F));
}

/* The sum of powers by Horner's rule, x + S (x + S (x + …)): one buffer however many layers. */
static hr_status propagate(lightgcn *model, const float *x, float *out, hr_error *err)
{
    hr_status status = HR_OK;
    hr_graph_context *graph = model->graph;
    const int64_t dim = model->shape.dim;
    const float *sum = NULL;
    for (int64_t layer = 0; layer < model->shape.layers; layer++) {
        const double start = MPI_Wtime();
        scale_next(model, x, sum, model->scaled);
        hr_timing_add(&graph->timing, HR_TIME_COMPUTE, start);
        HR_TRY(hr_graph_scatter(graph, model->scaled, dim, err));
        hr_graph_edge_pass(graph, model->scaled, model->sum, dim);
        HR_TRY(hr_graph_reduce(graph, model->sum, dim, err));
        sum = model->sum;
    }
    const double start = MPI_Wtime();
    finish(model, x, sum, out);
    hr_timing_add(&graph->timing, HR_TIME_COMPUTE, start);
done:
    return status;
}

static hr_status forward(void *state, const float *parameters, float *output, hr_error *err)
{
    return propagate(state, parameters, output, err);
}

static hr_status backward(void *state, const float *gradient, float *parameter_gradient, hr_error *err)
{
    return propagate(state, gradient, parameter_gradient, err);
}

const hr_model hr_lightgcn = {
    .name = "lightgcn",
    .summary = "linear propagation of embeddings, mean of layers (He et al. 2020)",
    .create = create,
    .destroy = destroy,
    .forward = forward,
    .backward = backward,
};
