#include "trainer/models/popular.h"

#include <inttypes.h>

hr_status hr_popular_check(const hr_model_config *config, hr_error *err)
{
    if (config->dim == 1)
        return HR_OK;
    return hr_fail(err, HR_USAGE, "--dim %" PRId64 ": rows of --model %s are one number; leave it out",
                   config->dim, config->table->name);
}

static hr_status create(void **state, hr_graph_context *graph, const hr_model_config *config, hr_error *err)
{
    (void)config;
    (void)err;
    *state = graph;
    return HR_OK;
}

static void destroy(void *state)
{
    (void)state; /* nothing of its own */
}

static hr_status count(void *state, double learning_rate, float *rows, double *loss, hr_error *err)
{
    (void)learning_rate;
    (void)err;
    const hr_graph_context *graph = state;
    const hr_shard *shard = &graph->shard;
    for (int64_t v = 0; v < shard->owned; v++)
        rows[v] = v < shard->owned_users ? 1.0F : (float)shard->degree[v];
    *loss = 0.0;
    return HR_OK;
}

const char hr_popular_defaults[] = "--dim 1 --layers 0 --spectral-rounds 0 --epochs 1";

const hr_model hr_popular = {
    .name = "popular",
    .summary = "movies by their number of ratings",
    .defaults = hr_popular_defaults,
    .check = hr_popular_check,
    .create = create,
    .destroy = destroy,
    .solve = count,
    .is_counted = true,
};
