/* What the row of a user that training did not see is computed of. */
#include "trainer/models/sage.h"
#include "trainer/models/sage_state.h"

#include <string.h>

static int64_t matrices(const hr_model_config *config)
{
    return config->layers;
}

/* The inputs of a layer. */
static hr_status matrix(void *state, int64_t number, const float *parameters, float *rows, hr_error *err)
{
    const hr_sage_state *s = state;
    const hr_sage_kind *movies = &s->kind[1];
    (void)parameters;
    (void)err;
    memcpy(rows + movies->first * s->dim, s->h[number] + movies->first * s->dim,
           (size_t)(movies->rows * s->dim) * sizeof *rows);
    return HR_OK;
}

static int64_t weight_count(const hr_model_config *config)
{
    return config->layers * hr_sage_user_weights(config->dim);
}

/* Users' weights of a layer, with batch normalisation as it was in the last forward made part of them. */
static void copy_layer(const hr_sage_state *s, int64_t layer, const float *weights, float *copy)
{
    const int64_t dim = s->dim, square = dim * dim;
    const hr_sage_kind *users = &s->kind[0];
    const hr_batch_norm *norm = &s->norm[layer * 2];
    const float *gain = weights + users->norm, *shift = gain + dim;
    const bool is_normalised = s->config->batch_norm && !hr_sage_is_last(s, layer);
    for (int64_t c = 0; c < dim; c++) {
        const float scale = is_normalised ? gain[c] * norm->inverse[c] : 1.0F;
        for (int64_t i = c; i < square; i += dim) {
            copy[i] = scale * weights[users->self + i];
            copy[square + i] = scale * weights[users->near + i];
        }
        const float centred = weights[users->bias + c] - (is_normalised ? (float)norm->sums[c] : 0.0F);
        copy[2 * square + c] = scale * centred + (is_normalised ? shift[c] : 0.0F);
    }
}

static void copy_weights(void *state, const float *dense, float *weights)
{
    const hr_sage_state *s = state;
    for (int64_t layer = 0; layer < s->layers; layer++)
        copy_layer(s, layer, dense + layer * s->layer_size, weights + layer * hr_sage_user_weights(s->dim));
}

const hr_user_inputs hr_sage_user_inputs = {matrices, matrix, weight_count, copy_weights};
