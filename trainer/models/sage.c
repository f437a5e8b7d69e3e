#include "trainer/models/sage.h"

#include "io/memory.h"
#include "trainer/dense.h"
#include "trainer/edge_pass.h"
#include "trainer/models/bias_columns.h"
#include "trainer/models/genre_rows.h"
#include "trainer/sampler.h"

#include <math.h>
#include <string.h>

/* Users' rows or movies', and their weights in the dense array, from which gradients have the same places. */
typedef struct kind {
    int64_t first, rows;
    int64_t self, near, bias; /* of layer 0: dim x dim, dim x dim, dim */
} kind;

typedef struct sage {
    hr_graph_context *graph;
    int64_t dim, layers;
    int64_t genres;     /* weights of genres come first: genres x dim */
    int64_t layer_size; /* weights of a layer, both kinds */
    kind kind[2];       /* users, movies */
    float mean;
    hr_edge_pass *pass;
    float **h;     /* [layers + 1] (owned + ghosts) x dim: what goes into each layer, and what comes out */
    float **near;  /* [layers] owned x dim: means over neighbours */
    float *sum;    /* [(owned + ghosts) x dim] of an edge pass */
    float *slope;  /* [(owned + ghosts) x dim] gradient on its way back */
    float *pieces; /* [HR_DENSE_PIECES x dim x dim] */
} sage;

static int64_t layer_weights(int64_t dim)
{
    return 2 * (2 * dim * dim + dim);
}

static int64_t dense_count(const hr_graph_context *graph, const hr_train_options *options)
{
    return graph->genre_count * graph->grid.dim + options->layers * layer_weights(graph->grid.dim);
}

static void destroy(void *state)
{
    sage *s = state;
    if (!s)
        return;
    for (int64_t k = 0; s->h && k <= s->layers; k++)
        free(s->h[k]);
    for (int64_t k = 0; s->near && k < s->layers; k++)
        free(s->near[k]);
    hr_edge_pass_destroy(s->pass);
    free(s->h);
    free(s->near);
    free(s->sum);
    free(s->slope);
    free(s->pieces);
    free(s);
}

static void place_weights(sage *s)
{
    const int64_t square = s->dim * s->dim, base = s->genres * s->dim, one = 2 * square + s->dim;
    const int64_t users = s->graph->shard.owned_users, owned = s->graph->shard.owned;
    s->layer_size = layer_weights(s->dim);
    s->kind[0] = (kind){0, users, base, base + square, base + 2 * square};
    s->kind[1] = (kind){users, owned - users, base + one, base + one + square, base + one + 2 * square};
}

static hr_status create(void **state, hr_graph_context *graph, const hr_train_options *options, hr_error *err)
{
    hr_status status = HR_OK;
    sage *s = NULL;
    const int64_t rows = graph->shard.owned + graph->shard.ghosts, dim = graph->grid.dim;
    HR_ALLOC(s, 1);
    s->graph = graph;
    s->dim = dim;
    s->layers = options->layers;
    s->genres = graph->genre_count;
    s->mean = options->loss == HR_LOSS_MSE ? (float)graph->mean_rating : 0.0F;
    HR_ALLOC(s->h, s->layers + 1);
    HR_ALLOC(s->near, s->layers);
    for (int64_t k = 0; k <= s->layers; k++)
        HR_ALLOC(s->h[k], rows * dim);
    for (int64_t k = 0; k < s->layers; k++)
        HR_ALLOC(s->near[k], graph->shard.owned * dim);
    HR_ALLOC(s->sum, rows * dim);
    HR_ALLOC(s->slope, rows * dim);
    HR_ALLOC(s->pieces, HR_DENSE_PIECES * dim * dim);
    HR_TRY(hr_edge_pass_create(&s->pass, &graph->shard, dim, err));
    place_weights(s);
    *state = s;
done:
    if (status != HR_OK)
        destroy(s);
    return status;
}

static void dense_start(void *state, uint64_t seed, float *dense)
{
    const sage *s = state;
    const int64_t count = s->genres * s->dim + s->layers * s->layer_size;
    for (int64_t i = 0; i < count; i++)
        dense[i] = 0.0F;
    hr_genre_rows_start(s->graph, seed, dense);
    for (int64_t k = 0; k < s->layers; k++)
        for (int t = 0; t < 2; t++)
            for (int64_t c = 0; c < s->dim; c++)
                dense[s->kind[t].self + k * s->layer_size + c * (s->dim + 1)] = 1.0F;
}

/* The three moves: owned rows of x (ghost rows are filled) to their neighbours' sums, in s->sum. */
static hr_status sum_neighbours(sage *s, float *x, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_graph_scatter(s->graph, x, s->dim, err));
    const double start = MPI_Wtime();
    hr_edge_pass_run(s->pass, NULL, x, s->sum);
    hr_timing_add(&s->graph->timing, HR_TIME_COMPUTE, start);
    HR_TRY(hr_graph_reduce(s->graph, s->sum, s->dim, err));
done:
    return status;
}

/* to = from / degree, row by row. */
static void divide_by_degree(const sage *s, const float *from, float *to)
{
#pragma omp parallel for schedule(static)
    for (int64_t v = 0; v < s->graph->shard.owned; v++) {
        const int32_t degree = s->graph->shard.degree[v];
        const float share = degree > 0 ? 1.0F / (float)degree : 0.0F;
        for (int64_t c = v * s->dim; c < (v + 1) * s->dim; c++)
            to[c] = share * from[c];
    }
}

static void layer_forward(const sage *s, int64_t layer, const float *dense)
{
    const bool last = layer + 1 == s->layers;
    const float *weights = dense + layer * s->layer_size;
    const double start = MPI_Wtime();
    for (int t = 0; t < 2; t++) {
        const kind *k = &s->kind[t];
        const int64_t at = k->first * s->dim;
        float *out = s->h[layer + 1] + at;
#pragma omp parallel for schedule(static)
        for (int64_t i = 0; i < k->rows; i++)
            memcpy(out + i * s->dim, weights + k->bias, (size_t)s->dim * sizeof *out);
        hr_dense_multiply(k->rows, hr_all_columns(s->h[layer] + at, s->dim), false, weights + k->self, 1.0F,
                          out, s->dim);
        hr_dense_multiply(k->rows, hr_all_columns(s->near[layer] + at, s->dim), false, weights + k->near,
                          1.0F, out, s->dim);
        for (int64_t i = 0; !last && i < k->rows * s->dim; i++)
            out[i] = fmaxf(out[i], 0.0F);
    }
    hr_timing_add(&s->graph->timing, HR_TIME_DENSE, start);
}

static hr_status forward(void *state, const float *parameters, const float *dense, float *output,
                         hr_error *err)
{
    hr_status status = HR_OK;
    sage *s = state;
    const size_t bytes = (size_t)(s->graph->shard.owned * s->dim) * sizeof *output;
    memcpy(s->h[0], parameters, bytes);
    hr_genre_rows_add(s->graph, dense, s->h[0]);
    for (int64_t layer = 0; layer < s->layers; layer++) {
        HR_TRY(sum_neighbours(s, s->h[layer], err));
        divide_by_degree(s, s->sum, s->near[layer]);
        layer_forward(s, layer, dense);
    }
    memcpy(output, s->h[s->layers], bytes);
    hr_bias_columns_set(s->graph, output, 1.0F, s->mean);
done:
    return status;
}

/* From the slope of a layer's outputs, in s->slope, to those of its weights, of its inputs, in s->slope
 * again, and of its means, in s->near of the layer. */
static void layer_backward(sage *s, int64_t layer, const float *dense, float *gradient, float *scratch)
{
    const bool last = layer + 1 == s->layers;
    const float *weights = dense + layer * s->layer_size;
    float *down = gradient + layer * s->layer_size;
    const double start = MPI_Wtime();
    for (int t = 0; t < 2; t++) {
        const kind *k = &s->kind[t];
        const int64_t at = k->first * s->dim;
        float *slope = s->slope + at, *near = s->near[layer] + at;
        const float *out = s->h[layer + 1] + at;
        for (int64_t i = 0; !last && i < k->rows * s->dim; i++)
            slope[i] = out[i] > 0.0F ? slope[i] : 0.0F;
        hr_dense_outer(k->rows, 1.0F, hr_all_columns(s->h[layer] + at, s->dim), hr_all_columns(slope, s->dim),
                       1.0F, s->pieces, down + k->self);
        hr_dense_outer(k->rows, 1.0F, hr_all_columns(near, s->dim), hr_all_columns(slope, s->dim), 1.0F,
                       s->pieces, down + k->near);
        hr_dense_sum_rows(k->rows, s->dim, slope, down + k->bias);
        hr_dense_multiply(k->rows, hr_all_columns(slope, s->dim), true, weights + k->near, 0.0F, near,
                          s->dim);
        hr_dense_multiply(k->rows, hr_all_columns(slope, s->dim), true, weights + k->self, 0.0F, scratch + at,
                          s->dim);
    }
    memcpy(s->slope, scratch, (size_t)(s->graph->shard.owned * s->dim) * sizeof *scratch);
    hr_timing_add(&s->graph->timing, HR_TIME_DENSE, start);
}

/* What the means' slopes are for the rows that they are means of, added to s->slope: the same moves, as the
 * edges go both ways. */
static hr_status means_backward(sage *s, int64_t layer, hr_error *err)
{
    hr_status status = HR_OK;
    float *x = s->h[layer + 1]; /* which nobody needs any more */
    divide_by_degree(s, s->near[layer], x);
    HR_TRY(sum_neighbours(s, x, err));
    const int64_t values = s->graph->shard.owned * s->dim;
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < values; i++)
        s->slope[i] += s->sum[i];
done:
    return status;
}

static hr_status backward(void *state, const float *gradient, const float *dense, float *parameter_gradient,
                          float *dense_gradient, hr_error *err)
{
    hr_status status = HR_OK;
    sage *s = state;
    const size_t bytes = (size_t)(s->graph->shard.owned * s->dim) * sizeof *gradient;
    memcpy(s->slope, gradient, bytes);
    hr_bias_columns_set(s->graph, s->slope, 0.0F, 0.0F);
    for (int64_t layer = s->layers - 1; layer >= 0; layer--) {
        layer_backward(s, layer, dense, dense_gradient, s->sum);
        HR_TRY(means_backward(s, layer, err));
    }
    hr_genre_rows_gradient(s->graph, s->slope, dense_gradient);
    memcpy(parameter_gradient, s->slope, bytes);
done:
    return status;
}

void hr_sage_defaults(hr_train_options *options)
{
    options->layers = 1;
    options->spectral_rounds = 0;
    options->deviation = 0.02;
    options->epochs = 25;
    options->eval_every = 1;
    options->decay = 0.1;
    options->dense_lr = 2e-4;
    if (options->loss != HR_LOSS_MSE)
        return;
    options->sample = HR_SAMPLE_EDGE;
    options->dense_lr = 3e-5;
    options->ridge = 10.0;
}

const hr_model hr_sage = {
    .name = "sage",
    .summary = "GraphSAGE with genres, mean over neighbours (Hamilton et al. 2017)",
    .losses = {HR_LOSS_MSE, HR_LOSS_BPR, HR_LOSS_SOFTMAX, HR_LOSS_BCE},
    .tower = HR_TOWER_WHOLE,
    .mixes_columns = true,
    .wants_genres = true,
    .defaults = hr_sage_defaults,
    .create = create,
    .destroy = destroy,
    .dense_count = dense_count,
    .dense_start = dense_start,
    .forward = forward,
    .backward = backward,
};
