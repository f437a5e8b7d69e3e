#include "trainer/models/content.h"

#include "trainer/models/popular.h"

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

static hr_status learn_nothing(void *state, double learning_rate, float *rows, double *loss, hr_error *err)
{
    (void)learning_rate;
    (void)err;
    const hr_graph_context *graph = state;
    for (int64_t v = 0; v < graph->shard.owned; v++)
        rows[v] = 0.0F;
    *loss = 0.0;
    return HR_OK;
}

const hr_model hr_content_model = {
    .name = "content",
    .summary = "cosine of TF-IDF of title words, genres and tags with the user's movies",
    .defaults = "--dim 1 --layers 0 --spectral-rounds 0 --epochs 1 --mixture 100/0/0",
    .check = hr_popular_check,
    .create = create,
    .destroy = destroy,
    .solve = learn_nothing,
    .is_counted = true,
};
