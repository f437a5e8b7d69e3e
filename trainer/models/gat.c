#include "trainer/models/gat.h"

#include "io/base/memory.h"
#include "io/base/philox.h"
#include "trainer/graph/dense_gradient.h"
#include "trainer/layers/attention.h"
#include "trainer/layers/bias_columns.h"
#include "trainer/layers/feature_rows.h"
#include "trainer/models/sage.h"
#include "trainer/numerics/dense.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* Users' rows or movies', and where their weights are in a layer's. */
typedef struct kind {
    int64_t first, rows;
    int64_t self, target, source; /* dim x dim; source: from this kind's rows to what the other attends to */
    int64_t bias, a, b;           /* dim; a, b: this kind as target */
} kind;

typedef struct gat {
    hr_graph_context *graph;
    int64_t dim, layers;
    int64_t features;   /* floats of features' rows, which come first */
    int64_t layer_size; /* weights of a layer, both kinds */
    kind kind[2];       /* users, movies */
    float mean;
    bool has_mlp;               /* which has no use for biases in columns */
    hr_attention *attention;    /* [layers] */
    float **h;                  /* [layers + 1] owned x dim: inputs of each layer, then the outputs */
    float *row_gradient, *down; /* [owned x dim] gradients of outputs, of inputs */
    float *pieces;              /* [HR_DENSE_PIECES x dim x dim] */
} gat;

static int64_t kind_weights(int64_t dim)
{
    return 3 * dim * dim + 3 * dim;
}

static int64_t dense_count(const hr_graph_context *graph, const hr_model_config *config)
{
    return graph->feature_count * graph->grid.dim + config->layers * 2 * kind_weights(graph->grid.dim);
}

/* As place_kind has them. */
static void dense_parts(const hr_model_config *config, int64_t count, hr_dense_parts *parts)
{
    static const char *const matrices[] = {"self", "target", "source"}, *const vectors[] = {"bias", "a", "b"};
    const int64_t dim = config->dim, features = count - config->layers * 2 * kind_weights(dim);
    hr_dense_parts_add(parts, features / dim, dim, "features");
    for (int64_t k = 0; k < config->layers; k++)
        for (int movies = 0; movies < 2; movies++) {
            for (int i = 0; i < 3; i++)
                hr_dense_parts_add_of_layer(parts, k, movies, dim, dim, matrices[i]);
            for (int i = 0; i < 3; i++)
                hr_dense_parts_add_of_layer(parts, k, movies, dim, 1, vectors[i]);
        }
}

static void destroy(void *state)
{
    gat *g = state;
    if (!g)
        return;
    for (int64_t k = 0; g->h && k <= g->layers; k++)
        free(g->h[k]);
    for (int64_t k = 0; g->attention && k < g->layers; k++)
        hr_attention_free(&g->attention[k]);
    free(g->h);
    free(g->attention);
    free(g->row_gradient);
    free(g->down);
    free(g->pieces);
    free(g);
}

static kind place_kind(int64_t first, int64_t rows, int64_t at, int64_t dim)
{
    const int64_t square = dim * dim, vectors = at + 3 * square;
    return (kind){first, rows, at, at + square, at + 2 * square, vectors, vectors + dim, vectors + 2 * dim};
}

static hr_status check(const hr_model_config *config, hr_error *err)
{
    if (config->dim % config->heads != 0 || 2 * config->heads > config->dim)
        return hr_fail(err, HR_USAGE,
                       "--heads %" PRId64 ": --dim %" PRId64
                       " can't be cut into heads of two columns or more; "
                       "take a divisor of %" PRId64,
                       config->heads, config->dim, config->dim / 2);
    return HR_OK;
}

static hr_status create_any(void **state, hr_graph_context *graph, const hr_model_config *config, bool second,
                            hr_error *err)
{
    hr_status status = HR_OK;
    gat *g = NULL;
    const int64_t owned = graph->shard.owned, users = graph->shard.owned_users, dim = graph->grid.dim;
    HR_ALLOC(g, 1);
    g->graph = graph;
    g->dim = dim;
    g->layers = config->layers;
    g->has_mlp = config->has_mlp;
    g->features = graph->feature_count * dim;
    g->layer_size = 2 * kind_weights(dim);
    g->kind[0] = place_kind(0, users, g->features, dim);
    g->kind[1] = place_kind(users, owned - users, g->features + kind_weights(dim), dim);
    g->mean = config->predicts_ratings ? (float)graph->mean_rating : 0.0F;
    HR_ALLOC(g->attention, g->layers);
    HR_ALLOC(g->h, g->layers + 1);
    for (int64_t k = 0; k < g->layers; k++)
        HR_TRY(hr_attention_create(&g->attention[k], graph, second, config->heads, err));
    for (int64_t k = 0; k <= g->layers; k++)
        HR_ALLOC(g->h[k], owned * dim);
    HR_ALLOC(g->row_gradient, owned * dim);
    HR_ALLOC(g->down, owned * dim);
    HR_ALLOC(g->pieces, HR_DENSE_PIECES * (dim > graph->feature_count ? dim : graph->feature_count) * dim);
    *state = g;
done:
    if (status != HR_OK)
        destroy(g);
    return status;
}

static hr_status create_gat(void **state, hr_graph_context *graph, const hr_model_config *config,
                            hr_error *err)
{
    return create_any(state, graph, config, false, err);
}

static hr_status create_gatv2(void **state, hr_graph_context *graph, const hr_model_config *config,
                              hr_error *err)
{
    return create_any(state, graph, config, true, err);
}

static void dense_start(void *state, uint64_t seed, float *dense)
{
    const gat *g = state;
    const int64_t count = g->features + g->layers * g->layer_size;
    const float spread = 1.0F / sqrtf((float)g->dim);
    for (int64_t i = g->features; i < count; i++)
        dense[i] = 0.0F;
    hr_feature_rows_start(g->graph, seed, dense);
    for (int64_t k = 0; k < g->layers; k++)
        for (int t = 0; t < 2; t++) {
            float *weights = dense + k * g->layer_size;
            for (int64_t c = 0; c < g->dim; c++) {
                const int64_t number = (k * 2 + t) * g->dim + c;
                const hr_random4 r = hr_philox(seed, HR_STREAM_DENSE, 1, (uint64_t)number);
                weights[g->kind[t].self + c * (g->dim + 1)] = 1.0F;
                weights[g->kind[t].target + c * (g->dim + 1)] = 1.0F;
                weights[g->kind[t].a + c] = spread * ((float)hr_uniform(r.word[0]) - 0.5F);
                weights[g->kind[t].b + c] = spread * ((float)hr_uniform(r.word[1]) - 0.5F);
            }
        }
}

static void list_weights(const gat *g, const float *layer, hr_attention_weights weights[2])
{
    for (int t = 0; t < 2; t++)
        weights[t] = (hr_attention_weights){layer + g->kind[t].a, layer + g->kind[t].b};
}

static void list_gradients(const gat *g, const hr_row_sums *sums, int64_t layer,
                           hr_attention_gradients gradients[2])
{
    for (int t = 0; t < 2; t++)
        gradients[t] = (hr_attention_gradients){hr_row_sums_from(sums, layer + g->kind[t].a, 0.0),
                                                hr_row_sums_from(sums, layer + g->kind[t].b, 0.0)};
}

static hr_status layer_forward(gat *g, int64_t layer, const float *dense, hr_error *err)
{
    hr_status status = HR_OK;
    const float *w = dense + layer * g->layer_size;
    hr_attention *attention = &g->attention[layer];
    hr_attention_weights weights[2];
    for (int t = 0; t < 2; t++) {
        const kind *k = &g->kind[t];
        const int64_t at = k->first * g->dim;
        const float *in = g->h[layer] + at;
        hr_dense_multiply(g->graph->summation, k->rows, hr_all_columns(in, g->dim), false, w + k->target,
                          0.0F, attention->target + at, g->dim);
        hr_dense_multiply(g->graph->summation, k->rows, hr_all_columns(in, g->dim), false, w + k->source,
                          0.0F, attention->source + at, g->dim);
    }
    list_weights(g, w, weights);
    HR_TRY(hr_attention_forward(attention, weights, err));
    for (int t = 0; t < 2; t++) {
        const kind *k = &g->kind[t];
        const int64_t at = k->first * g->dim;
        float *out = g->h[layer + 1] + at;
        for (int64_t i = 0; i < k->rows * g->dim; i++)
            out[i] = attention->out.floats[at + i] + w[k->bias + i % g->dim];
        hr_dense_multiply(g->graph->summation, k->rows, hr_all_columns(g->h[layer] + at, g->dim), false,
                          w + k->self, 1.0F, out, g->dim);
        for (int64_t i = 0; layer + 1 < g->layers && i < k->rows * g->dim; i++)
            out[i] = fmaxf(out[i], 0.0F);
    }
done:
    return status;
}

static hr_status forward(void *state, int64_t step, const float *parameters, const float *dense,
                         float *output, hr_error *err)
{
    (void)step;
    hr_status status = HR_OK;
    gat *g = state;
    const size_t bytes = (size_t)(g->graph->shard.owned * g->dim) * sizeof *output;
    memcpy(g->h[0], parameters, bytes);
    hr_feature_rows_add(g->graph, dense, g->h[0]);
    for (int64_t layer = 0; layer < g->layers; layer++)
        HR_TRY(layer_forward(g, layer, dense, err));
    memcpy(output, g->h[g->layers], bytes);
    if (!g->has_mlp)
        hr_bias_columns_set(g->graph, output, 1.0F, g->mean);
done:
    return status;
}

/* A product rows x W backward: the gradient of W, and that of the rows, in g->down. */
static hr_status product_backward(gat *g, const kind *k, const float *in, const float *out_gradient,
                                  const float *weights, float beta, const hr_row_sums *gradient, int64_t at,
                                  hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_dense_gradient_outer(g->graph, k->rows, hr_all_columns(in, g->dim),
                                   hr_all_columns(out_gradient, g->dim), g->pieces, gradient, at, err));
    hr_dense_multiply(g->graph->summation, k->rows, hr_all_columns(out_gradient, g->dim), true, weights, beta,
                      g->down + k->first * g->dim, g->dim);
done:
    return status;
}

/* From the gradient of a layer's outputs, in g->row_gradient, to that of its inputs, there again. */
static hr_status layer_backward(gat *g, int64_t layer, const float *dense, const hr_row_sums *gradient,
                                hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t dim = g->dim, values = g->graph->shard.owned * dim, dw = layer * g->layer_size;
    const float *w = dense + dw, *out = g->h[layer + 1], *in = g->h[layer];
    hr_attention *attention = &g->attention[layer];
    hr_attention_weights weights[2];
    hr_attention_gradients gradients[2];
    for (int64_t i = 0; layer + 1 < g->layers && i < values; i++)
        g->row_gradient[i] = out[i] > 0.0F ? g->row_gradient[i] : 0.0F;
    memcpy(attention->gradient_out, g->row_gradient, (size_t)values * sizeof *g->row_gradient);
    list_weights(g, w, weights);
    list_gradients(g, gradient, dw, gradients);
    HR_TRY(hr_attention_backward(attention, weights, gradients, err));
    for (int t = 0; t < 2; t++) {
        const kind *k = &g->kind[t];
        const int64_t at = k->first * dim;
        HR_TRY(hr_dense_gradient_rows(g->graph, k->rows, dim, g->row_gradient + at, gradient, dw + k->bias,
                                      err));
        HR_TRY(product_backward(g, k, in + at, g->row_gradient + at, w + k->self, 0.0F, gradient,
                                dw + k->self, err));
        HR_TRY(product_backward(g, k, in + at, attention->gradient_target.floats + at, w + k->target, 1.0F,
                                gradient, dw + k->target, err));
        HR_TRY(product_backward(g, k, in + at, attention->gradient_source.floats + at, w + k->source, 1.0F,
                                gradient, dw + k->source, err));
    }
    memcpy(g->row_gradient, g->down, (size_t)values * sizeof *g->row_gradient);
done:
    return status;
}

static hr_status backward(void *state, const float *gradient, const float *dense, float *parameter_gradient,
                          const hr_row_sums *dense_gradient, hr_error *err)
{
    hr_status status = HR_OK;
    gat *g = state;
    const size_t bytes = (size_t)(g->graph->shard.owned * g->dim) * sizeof *gradient;
    memcpy(g->row_gradient, gradient, bytes);
    if (!g->has_mlp)
        hr_bias_columns_set(g->graph, g->row_gradient, 0.0F, 0.0F);
    for (int64_t layer = g->layers - 1; layer >= 0; layer--) {
        HR_TRY(layer_backward(g, layer, dense, dense_gradient, err));
        HR_TRY(hr_graph_sum_dense(g->graph, dense_gradient, g->features + layer * g->layer_size,
                                  g->layer_size, err));
    }
    HR_TRY(hr_feature_rows_gradient(g->graph, g->row_gradient, g->pieces, dense_gradient, err));
    HR_TRY(hr_graph_sum_dense(g->graph, dense_gradient, 0, g->features, err));
    memcpy(parameter_gradient, g->row_gradient, bytes);
done:
    return status;
}

static int64_t matrices(const hr_model_config *config)
{
    return config->layers;
}

/* The rows of movies that users attend to in a layer. */
static hr_status matrix(void *state, int64_t number, const float *parameters, float *rows, hr_error *err)
{
    const gat *g = state;
    const kind *movies = &g->kind[1];
    (void)parameters;
    (void)err;
    memcpy(rows + movies->first * g->dim, g->attention[number].source + movies->first * g->dim,
           (size_t)(movies->rows * g->dim) * sizeof *rows);
    return HR_OK;
}

static int64_t weight_count(const hr_model_config *config)
{
    return config->layers * hr_gat_user_weights(config->dim);
}

static void copy_weights(void *state, const float *dense, float *weights)
{
    const gat *g = state;
    const kind *users = &g->kind[0];
    const int64_t dim = g->dim, square = dim * dim;
    const struct {
        int64_t from, count;
    } part[] = {
        {users->self, square}, {users->target, square}, {users->bias, dim}, {users->a, dim}, {users->b, dim}};
    for (int64_t layer = 0; layer < g->layers; layer++)
        for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
            memcpy(weights, dense + layer * g->layer_size + part[i].from,
                   (size_t)part[i].count * sizeof *weights);
            weights += part[i].count;
        }
}

static const hr_user_inputs user_inputs = {matrices, matrix, weight_count, copy_weights};

#define GAT(text, source, make)                                                                              \
    {                                                                                                        \
        .name = (text), .summary = (source),                                                                 \
        .losses = {HR_LOSS_MSE, HR_LOSS_BPR, HR_LOSS_SOFTMAX, HR_LOSS_BCE}, .mlp = HR_MLP_WHOLE,             \
        .mixes_columns = true, .wants_features = true, .defaults = hr_sage_defaults,                         \
        .rating_defaults = hr_sage_rating_defaults, .check = check, .create = (make), .destroy = destroy,    \
        .dense_count = dense_count, .dense_parts = dense_parts, .dense_start = dense_start,                  \
        .forward = forward, .backward = backward, .user_inputs = &user_inputs                                \
    }

const hr_model hr_gat =
    GAT("gat", "graph attention, with the same features (Veličković et al. 2018)", create_gat);
const hr_model hr_gatv2 = GAT("gatv2", "the same, attending to pairs (Brody et al. 2022)", create_gatv2);
