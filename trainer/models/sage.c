#include "trainer/models/sage.h"

#include "io/base/memory.h"
#include "trainer/graph/dense_gradient.h"
#include "trainer/layers/bias_columns.h"
#include "trainer/layers/feature_rows.h"
#include "trainer/models/sage_state.h"
#include "trainer/numerics/dense.h"

#include <math.h>
#include <string.h>

static void destroy(void *state)
{
    hr_sage_state *s = state;
    if (!s)
        return;
    for (int64_t k = 0; s->h && k <= s->layers; k++)
        free(s->h[k]);
    for (int64_t k = 0; s->near && k < s->layers; k++)
        free(s->near[k]);
    for (int64_t k = 0; s->length && k < s->layers; k++)
        free(s->length[k]);
    for (int64_t k = 0; s->norm && k < s->layers * 2; k++)
        hr_batch_norm_free(&s->norm[k]);
    hr_edge_pass_destroy(s->pass);
    free(s->h);
    free(s->near);
    free(s->length);
    free(s->norm);
    free(s->weight);
    hr_row_sums_free(&s->sums);
    free(s->row_gradient);
    free(s->pieces);
    free(s);
}

static hr_status layers_new(hr_sage_state *s, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_shard *shard = &s->graph->shard;
    HR_ALLOC(s->h, s->layers + 1);
    HR_ALLOC(s->near, s->layers);
    HR_ALLOC(s->length, s->layers);
    HR_ALLOC(s->norm, s->layers * 2);
    for (int64_t k = 0; k <= s->layers; k++)
        HR_ALLOC(s->h[k], (shard->owned + shard->ghosts) * s->dim);
    for (int64_t k = 0; k < s->layers; k++) {
        HR_ALLOC(s->near[k], shard->owned * s->dim);
        HR_ALLOC(s->length[k], s->config->row_norm ? shard->owned : 0);
        for (int t = 0; t < 2 && s->config->batch_norm; t++)
            HR_TRY(hr_batch_norm_create(&s->norm[k * 2 + t], &s->graph->grid.parts, s->kind[t].rows, s->dim,
                                        s->graph->summation, err));
    }
done:
    return status;
}

static hr_status create(void **state, hr_graph_context *graph, const hr_model_config *config, hr_error *err)
{
    hr_status status = HR_OK;
    hr_sage_state *s = NULL;
    const hr_shard *shard = &graph->shard;
    const int64_t rows = shard->owned + shard->ghosts, dim = graph->grid.dim, users = shard->owned_users;
    const int64_t widest = dim > graph->feature_count ? dim : graph->feature_count;
    HR_ALLOC(s, 1);
    s->graph = graph;
    s->config = config;
    s->dim = dim;
    s->layers = config->layers;
    s->features = graph->feature_count;
    s->mean = config->predicts_ratings ? (float)graph->mean_rating : 0.0F;
    const int64_t one = hr_sage_kind_weights(dim, config), base = s->features * dim;
    s->layer_size = 2 * one;
    s->kind[0] = hr_sage_place_kind(0, users, base, dim);
    s->kind[1] = hr_sage_place_kind(users, shard->owned - users, base + one, dim);
    HR_TRY(layers_new(s, err));
    if (config->message_dropout > 0.0)
        HR_ALLOC(s->weight, shard->edge_ptr[shard->user_slots]);
    HR_TRY(hr_row_sums_create(&s->sums, rows * dim, graph->summation, err));
    HR_ALLOC(s->row_gradient, rows * dim);
    HR_ALLOC(s->pieces, HR_DENSE_PIECES * widest * dim);
    HR_TRY(hr_edge_pass_create(&s->pass, &graph->shard, dim, graph->summation, err));
    *state = s;
done:
    if (status != HR_OK)
        destroy(s);
    return status;
}

/* No vertex has more neighbours than there are vertices of the other kind. */
static hr_status bound_sums(hr_sage_state *s, const float *x, hr_error *err)
{
    const hr_shard *shard = &s->graph->shard;
    double largest;
    const hr_status status = hr_graph_largest_entry(s->graph, x, shard->owned * s->dim, &largest, err);
    hr_row_sums_bound(&s->sums, fmax((double)shard->users, (double)shard->movies) * largest);
    return status;
}

/* The three moves: owned rows of x (ghost rows are filled) to their neighbours' sums, in s->sums.floats. */
static hr_status sum_neighbours(hr_sage_state *s, int64_t layer, float *x, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_dropout dropout = {s->config->message_dropout, s->config->seed};
    const float kept = s->weight && s->step != HR_AT_REST ? hr_dropout_scale(&dropout) : 1.0F;
    HR_TRY(bound_sums(s, x, err));
    HR_TRY(hr_graph_scatter(s->graph, x, s->dim, err));
    const double start = hr_seconds();
    if (s->weight)
        hr_dropout_edges(&dropout, s->step, layer, &s->graph->shard, hr_row_sums_term_factor(&s->sums, kept),
                         s->weight);
    hr_edge_pass_run(s->pass, s->weight, x, &s->sums);
    hr_timing_add(&s->graph->timing, HR_TIME_COMPUTE, start);
    HR_TRY(hr_graph_reduce_sums(s->graph, &s->sums, s->dim, err));
    hr_row_sums_round_scaled(&s->sums, kept, s->graph->shard.owned * s->dim);
done:
    return status;
}

/* The aggregates of vertices, from the sums over their neighbours: the sum, or the mean.
 *   from, to  [owned x dim] */
static void aggregate(const hr_sage_state *s, const float *from, float *to)
{
    const bool sums = s->config->aggregate == HR_AGGREGATE_SUM;
#pragma omp parallel for schedule(static)
    for (int64_t v = 0; v < s->graph->shard.owned; v++) {
        const int32_t degree = s->graph->shard.degree[v];
        const float share = sums ? 1.0F : degree > 0 ? 1.0F / (float)degree : 0.0F;
        for (int64_t c = v * s->dim; c < (v + 1) * s->dim; c++)
            to[c] = share * from[c];
    }
}

/* ReLU, then dropout. */
static void activate(const hr_sage_state *s, const hr_sage_kind *k, int64_t layer, float *out)
{
    const hr_dropout dropout = {s->config->dropout, s->config->seed};
    const int64_t *vertex = s->graph->shard.vertex + k->first;
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < k->rows; i++) {
        float *row = out + i * s->dim;
        for (int64_t c = 0; c < s->dim; c++)
            row[c] = fmaxf(row[c], 0.0F);
        hr_dropout_activations(&dropout, &(hr_dropout_row){HR_STREAM_DROPOUT_ROW, s->step, vertex[i], layer},
                               s->dim, row);
    }
}

static hr_status kind_forward(hr_sage_state *s, int64_t layer, int t, const float *weights, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_sage_kind *k = &s->kind[t];
    const int64_t at = k->first * s->dim;
    float *out = s->h[layer + 1] + at;
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < k->rows; i++)
        memcpy(out + i * s->dim, weights + k->bias, (size_t)s->dim * sizeof *out);
    hr_dense_multiply(s->graph->summation, k->rows, hr_all_columns(s->h[layer] + at, s->dim), false,
                      weights + k->self, 1.0F, out, s->dim);
    hr_dense_multiply(s->graph->summation, k->rows, hr_all_columns(s->near[layer] + at, s->dim), false,
                      weights + k->near, 1.0F, out, s->dim);
    if (s->config->batch_norm && !hr_sage_is_last(s, layer))
        HR_TRY(hr_batch_norm_run(&s->norm[layer * 2 + t], weights + k->norm, out, err));
    if (!hr_sage_is_last(s, layer))
        activate(s, k, layer, out);
    if (s->config->row_norm)
        hr_row_norm(k->rows, s->dim, out, s->length[layer] + k->first);
done:
    return status;
}

static hr_status forward(void *state, int64_t step, const float *parameters, const float *dense,
                         float *output, hr_error *err)
{
    hr_status status = HR_OK;
    hr_sage_state *s = state;
    const size_t bytes = (size_t)(s->graph->shard.owned * s->dim) * sizeof *output;
    s->step = step;
    memcpy(s->h[0], parameters, bytes);
    hr_feature_rows_add(s->graph, dense, s->h[0]);
    for (int64_t layer = 0; layer < s->layers; layer++) {
        HR_TRY(sum_neighbours(s, layer, s->h[layer], err));
        const double start = hr_seconds();
        aggregate(s, s->sums.floats, s->near[layer]);
        for (int t = 0; t < 2; t++)
            HR_TRY(kind_forward(s, layer, t, dense + layer * s->layer_size, err));
        hr_timing_add(&s->graph->timing, HR_TIME_DENSE, start);
    }
    memcpy(output, s->h[s->layers], bytes);
    if (!s->config->has_mlp)
        hr_bias_columns_set(s->graph, output, 1.0F, s->mean);
done:
    return status;
}

/* From the gradient of the outputs of one kind to that of its products, in place: back through scaling to
 * length 1, dropout, ReLU and batch normalisation. */
static hr_status activation_back(hr_sage_state *s, int64_t layer, int t, const float *weights,
                                 float *out_gradient, const hr_row_sums *gradient, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_sage_kind *k = &s->kind[t];
    const hr_dropout dropout = {s->config->dropout, s->config->seed};
    const float keep = hr_dropout_scale(&dropout);
    const float *out = s->h[layer + 1] + k->first * s->dim;
    if (s->config->row_norm)
        hr_row_norm_back(k->rows, s->dim, out, s->length[layer] + k->first, out_gradient);
    if (hr_sage_is_last(s, layer))
        return HR_OK;
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < k->rows * s->dim; i++)
        out_gradient[i] = out[i] > 0.0F ? keep * out_gradient[i] : 0.0F;
    const hr_row_sums down = hr_row_sums_from(gradient, layer * s->layer_size + k->norm, 0.0);
    if (s->config->batch_norm)
        HR_TRY(hr_batch_norm_back(&s->norm[layer * 2 + t], weights + k->norm, out_gradient, &down, err));
done:
    return status;
}

/* From the gradient of one kind's outputs of a layer, in s->row_gradient, to those of its weights, of its
 * inputs, in s->sums.floats, and of its aggregates, in s->near of the layer. */
static hr_status kind_back(hr_sage_state *s, int64_t layer, int t, const float *dense,
                           const hr_row_sums *gradient, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_sage_kind *k = &s->kind[t];
    const int64_t at = k->first * s->dim, down = layer * s->layer_size;
    const float *weights = dense + down;
    float *out_gradient = s->row_gradient + at, *near = s->near[layer] + at;
    HR_TRY(activation_back(s, layer, t, weights, out_gradient, gradient, err));
    const hr_columns gradients = hr_all_columns(out_gradient, s->dim);
    HR_TRY(hr_dense_gradient_outer(s->graph, k->rows, hr_all_columns(s->h[layer] + at, s->dim), gradients,
                                   s->pieces, gradient, down + k->self, err));
    HR_TRY(hr_dense_gradient_outer(s->graph, k->rows, hr_all_columns(near, s->dim), gradients, s->pieces,
                                   gradient, down + k->near, err));
    HR_TRY(hr_dense_gradient_rows(s->graph, k->rows, s->dim, out_gradient, gradient, down + k->bias, err));
    hr_dense_multiply(s->graph->summation, k->rows, gradients, true, weights + k->near, 0.0F, near, s->dim);
    hr_dense_multiply(s->graph->summation, k->rows, gradients, true, weights + k->self, 0.0F,
                      s->sums.floats + at, s->dim);
done:
    return status;
}

/* Adds to s->row_gradient the gradient of the rows that were aggregated, from that of the aggregates: by the
 * same three moves, since an edge pass goes both ways. */
static hr_status neighbours_back(hr_sage_state *s, int64_t layer, hr_error *err)
{
    hr_status status = HR_OK;
    float *x = s->h[layer + 1]; /* no longer needed */
    aggregate(s, s->near[layer], x);
    HR_TRY(sum_neighbours(s, layer, x, err));
    const int64_t values = s->graph->shard.owned * s->dim;
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < values; i++)
        s->row_gradient[i] += s->sums.floats[i];
done:
    return status;
}

static hr_status backward(void *state, const float *gradient, const float *dense, float *parameter_gradient,
                          const hr_row_sums *dense_gradient, hr_error *err)
{
    hr_status status = HR_OK;
    hr_sage_state *s = state;
    const size_t bytes = (size_t)(s->graph->shard.owned * s->dim) * sizeof *gradient;
    memcpy(s->row_gradient, gradient, bytes);
    if (!s->config->has_mlp)
        hr_bias_columns_set(s->graph, s->row_gradient, 0.0F, 0.0F);
    for (int64_t layer = s->layers - 1; layer >= 0; layer--) {
        const double start = hr_seconds();
        for (int t = 0; t < 2; t++)
            HR_TRY(kind_back(s, layer, t, dense, dense_gradient, err));
        memcpy(s->row_gradient, s->sums.floats, bytes);
        hr_timing_add(&s->graph->timing, HR_TIME_DENSE, start);
        HR_TRY(hr_graph_sum_dense(s->graph, dense_gradient, s->kind[0].self + layer * s->layer_size,
                                  s->layer_size, err));
        HR_TRY(neighbours_back(s, layer, err));
    }
    HR_TRY(hr_feature_rows_gradient(s->graph, s->row_gradient, s->pieces, dense_gradient, err));
    HR_TRY(hr_graph_sum_dense(s->graph, dense_gradient, 0, s->features * s->dim, err));
    memcpy(parameter_gradient, s->row_gradient, bytes);
done:
    return status;
}

const char hr_sage_defaults[] =
    "--layers 1 --spectral-rounds 0 --sample user --deviation 0.02 --epochs 25 --eval-every 1 "
    "--decay 0.1 --dense-lr 2e-4";
const char hr_sage_rating_defaults[] = "--sample edge --dense-lr 3e-5 --ridge 10";

const hr_model hr_sage = {
    .name = "sage",
    .summary = "GraphSAGE with features of movies: genres, years, ids, imported ones (Hamilton et al. 2017)",
    .losses = {HR_LOSS_MSE, HR_LOSS_BPR, HR_LOSS_SOFTMAX, HR_LOSS_BCE},
    .mlp = HR_MLP_WHOLE,
    .mixes_columns = true,
    .wants_features = true,
    .defaults = hr_sage_defaults,
    .rating_defaults = hr_sage_rating_defaults,
    .create = create,
    .destroy = destroy,
    .dense_count = hr_sage_dense_count,
    .dense_parts = hr_sage_dense_parts,
    .dense_start = hr_sage_dense_start,
    .forward = forward,
    .backward = backward,
    .user_inputs = &hr_sage_user_inputs,
};
