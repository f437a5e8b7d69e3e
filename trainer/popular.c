#include "trainer/popular.h"

static hr_status create(void **state, hr_graph_context *graph, const hr_train_options *options, hr_error *err)
{
    (void)options;
    (void)err;
    *state = graph;
    return HR_OK;
}

static void destroy(void *state)
{
    (void)state; /* nothing of its own */
}

static hr_status count(void *state, float *rows, double *loss, hr_error *err)
{
    (void)err;
    const hr_graph_context *graph = state;
    const hr_shard *shard = &graph->shard;
    const int64_t columns = graph->grid.columns;
    for (int64_t v = 0; v < shard->owned; v++)
        for (int64_t c = 0; c < columns; c++)
            rows[v * columns + c] = v < shard->owned_users ? 1.0F : (float)shard->degree[v];
    *loss = 0.0;
    return HR_OK;
}

void hr_popular_defaults(hr_train_options *options)
{
    options->dim = 1;
    options->layers = 0;
    options->spectral_rounds = 0;
    options->epochs = 1;
}

const hr_model hr_popular = {
    .name = "popular",
    .summary = "movies by their number of ratings",
    .losses = {HR_LOSS_OWN, HR_LOSS_OWN},
    .defaults = hr_popular_defaults,
    .create = create,
    .destroy = destroy,
    .sweep = count,
};
