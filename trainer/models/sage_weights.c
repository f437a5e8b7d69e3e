#include "trainer/layers/feature_rows.h"
#include "trainer/models/sage_state.h"

int64_t hr_sage_kind_weights(int64_t dim, const hr_model_config *config)
{
    return 2 * dim * dim + (config->batch_norm ? 3 : 1) * dim;
}

int64_t hr_sage_dense_count(const hr_graph_context *graph, const hr_model_config *config)
{
    const int64_t dim = graph->grid.dim;
    return graph->feature_count * dim + config->layers * 2 * hr_sage_kind_weights(dim, config);
}

/* As hr_sage_place_kind has them. */
void hr_sage_dense_parts(const hr_model_config *config, int64_t count, hr_dense_parts *parts)
{
    const int64_t dim = config->dim,
                  features = count - config->layers * 2 * hr_sage_kind_weights(dim, config);
    hr_dense_parts_add(parts, features / dim, dim, "features");
    for (int64_t k = 0; k < config->layers; k++)
        for (int movies = 0; movies < 2; movies++) {
            hr_dense_parts_add_of_layer(parts, k, movies, dim, dim, "self");
            hr_dense_parts_add_of_layer(parts, k, movies, dim, dim, "near");
            hr_dense_parts_add_of_layer(parts, k, movies, dim, 1, "bias");
            if (config->batch_norm)
                hr_dense_parts_add_of_layer(parts, k, movies, 2, dim, "norm");
        }
}

hr_sage_kind hr_sage_place_kind(int64_t first, int64_t rows, int64_t at, int64_t dim)
{
    const int64_t square = dim * dim;
    return (hr_sage_kind){first, rows, at, at + square, at + 2 * square, at + 2 * square + dim};
}

void hr_sage_dense_start(void *state, uint64_t seed, float *dense)
{
    const hr_sage_state *s = state;
    const int64_t count = s->features * s->dim + s->layers * s->layer_size;
    for (int64_t i = 0; i < count; i++)
        dense[i] = 0.0F;
    hr_feature_rows_start(s->graph, seed, dense);
    for (int64_t k = 0; k < s->layers; k++)
        for (int t = 0; t < 2; t++)
            for (int64_t c = 0; c < s->dim; c++) {
                float *layer = dense + k * s->layer_size;
                layer[s->kind[t].self + c * (s->dim + 1)] = 1.0F;
                if (s->config->batch_norm)
                    layer[s->kind[t].norm + c] = 1.0F;
            }
}
