#include "trainer/models/popular.h"

#include <inttypes.h>

hr_status hr_popular_check(const char *model, const hr_train_options *options, hr_error *err)
{
    if (options->dim == 1)
        return HR_OK;
    return hr_fail(err, HR_USAGE, "--dim %" PRId64 ": rows of --model %s are one number; leave it out",
                   options->dim, model);
}

static hr_status create(void **state, hr_graph_context *graph, const hr_train_options *options, hr_error *err)
{
    *state = graph;
    return hr_popular_check("popular", options, err);
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
    for (int64_t v = 0; v < shard->owned; v++)
        rows[v] = v < shard->owned_users ? 1.0F : (float)shard->degree[v];
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
    .defaults = hr_popular_defaults,
    .create = create,
    .destroy = destroy,
    .solve = count,
};
