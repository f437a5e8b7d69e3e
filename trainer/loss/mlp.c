#include "trainer/loss/mlp.h"

#include "io/base/memory.h"
#include "io/base/philox.h"
#include "io/options/list.h"
#include "trainer/kernels/scores.h"
#include "trainer/loss/mlp_offsets.h"
#include "trainer/numerics/dense.h"

#include <math.h>
#include <stdlib.h>

hr_status hr_mlp_parse(const char *text, hr_mlp_shape *shape, hr_error *err)
{
    static const hr_list list = {.option = "mlp",
                                 .what = "whole numbers",
                                 .example = "256,128,64",
                                 .most = HR_MLP_LAYERS,
                                 .minimum = 1,
                                 .maximum = HR_MLP_WIDTH};
    return hr_list_ints(&list, text, shape->width, &shape->layers, err);
}

int64_t hr_mlp_weights(const hr_mlp_shape *shape)
{
    return hr_mlp_offsets_of(shape).count;
}

int64_t hr_mlp_fixed(const hr_mlp_shape *shape)
{
    const hr_mlp_offsets p = hr_mlp_offsets_of(shape);
    return p.count - p.bounds;
}

static void draw(uint64_t seed, float *weights, int64_t first, int64_t in, int64_t out)
{
    const double spread = sqrt(6.0 / (double)(in + out));
    for (int64_t i = 0; i < in * out; i++) {
        const hr_random4 r = hr_philox(seed, HR_STREAM_DENSE, 2, (uint64_t)(first + i));
        weights[first + i] = (float)(spread * (2.0 * hr_uniform(r.word[0]) - 1.0));
    }
}

void hr_mlp_start(const hr_mlp_shape *shape, uint64_t seed, double lowest, double highest, float *weights)
{
    const hr_mlp_offsets p = hr_mlp_offsets_of(shape);
    for (int64_t i = 0; i < p.count; i++)
        weights[i] = 0.0F;
    if (shape->layers == 0)
        return;
    for (int side = 0; side < 2; side++)
        draw(seed, weights, p.half[side], hr_mlp_columns(shape), shape->width[0]);
    for (int k = 1; k < shape->layers; k++)
        draw(seed, weights, p.matrix[k], shape->width[k - 1], shape->width[k]);
    draw(seed, weights, p.output, shape->width[shape->layers - 1], 1);
    for (int64_t c = 0; c < shape->product; c++)
        weights[p.product + c] = 1.0F;
    weights[p.bounds] = (float)lowest;
    weights[p.bounds + 1] = (float)highest;
}

hr_status hr_mlp_create(hr_mlp *mlp, const hr_mlp_shape *shape, int64_t pairs, uint64_t seed, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t most = hr_mlp_columns(shape) * shape->width[0], widest = 0;
    mlp->shape = *shape;
    mlp->pairs = pairs;
    mlp->dropout = (hr_dropout){shape->dropout, seed};
    for (int k = 0; k < shape->layers; k++) {
        HR_ALLOC(mlp->hidden[k], pairs * shape->width[k]);
        widest = shape->width[k] > widest ? shape->width[k] : widest;
        if (k > 0 && shape->width[k - 1] * shape->width[k] > most)
            most = shape->width[k - 1] * shape->width[k];
    }
    HR_ALLOC(mlp->down, pairs * widest);
    HR_ALLOC(mlp->score, pairs);
    HR_ALLOC(mlp->pieces, HR_DENSE_PIECES * most);
done:
    return status;
}

void hr_mlp_free(hr_mlp *mlp)
{
    for (int k = 0; k < HR_MLP_LAYERS; k++)
        free(mlp->hidden[k]);
    free(mlp->down);
    free(mlp->score);
    free(mlp->pieces);
    *mlp = (hr_mlp){0};
}

static hr_columns mlp_part(const hr_mlp_shape *shape, const float *row)
{
    return (hr_columns){row + shape->first, hr_mlp_columns(shape), shape->columns};
}

void hr_mlp_halves(const hr_mlp_shape *shape, const float *weights, bool movies, int64_t rows,
                   const float *row, float *half)
{
    const hr_mlp_offsets p = hr_mlp_offsets_of(shape);
    const int64_t width = shape->width[0];
    const float *bias = weights + p.bias[0];
    hr_dense_multiply(shape->summation, rows, mlp_part(shape, row), false, weights + p.half[movies], 0.0F,
                      half, width);
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < (movies ? 0 : rows); i++)
        for (int64_t c = 0; c < width; c++)
            half[i * width + c] += bias[c];
}

/* relu(x + bias) in place, then dropout, for every pair. */
static void activate(hr_mlp *mlp, const hr_mlp_pair *pair, int64_t count, int64_t step, int layer,
                     const float *bias)
{
    const int64_t width = mlp->shape.width[layer];
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < count; i++) {
        float *activation = mlp->hidden[layer] + i * width;
        const hr_dropout_row row = {HR_STREAM_DROPOUT, step, pair[i].number, layer};
        for (int64_t c = 0; c < width; c++)
            activation[c] = fmaxf(activation[c] + (bias ? bias[c] : 0.0F), 0.0F);
        hr_dropout_activations(&mlp->dropout, &row, width, activation);
    }
}

static void sum_halves(hr_mlp *mlp, const hr_mlp_pair *pair, int64_t count)
{
    const int64_t width = mlp->shape.width[0];
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < count; i++) {
        float *restrict sum = mlp->hidden[0] + i * width;
        const float *restrict user = pair[i].user_half, *restrict movie = pair[i].movie_half;
        for (int64_t c = 0; c < width; c++)
            sum[c] = user[c] + movie[c];
    }
}

static float score_of(const hr_mlp *mlp, const float *weights, const hr_mlp_offsets *p,
                      const hr_mlp_pair *pair, const float *last)
{
    const hr_mlp_shape *shape = &mlp->shape;
    const float *a = weights + p->product;
    float score = weights[p->constant] + hr_dot(last, weights + p->output, shape->width[shape->layers - 1]);
    for (int64_t c = 0; c < shape->product; c++)
        score += a[c] * pair->user[c] * pair->movie[c];
    if (!shape->bounded)
        return score;
    const float lowest = weights[p->bounds], highest = weights[p->bounds + 1];
    return lowest + (highest - lowest) / (1.0F + expf(-score));
}

void hr_mlp_forward(hr_mlp *mlp, const float *weights, const hr_mlp_pair *pair, int64_t count, int64_t step)
{
    const hr_mlp_shape *shape = &mlp->shape;
    const hr_mlp_offsets p = hr_mlp_offsets_of(shape);
    const int last = shape->layers - 1;
    sum_halves(mlp, pair, count);
    activate(mlp, pair, count, step, 0, NULL);
    for (int k = 1; k <= last; k++) {
        hr_dense_multiply(shape->summation, count, hr_all_columns(mlp->hidden[k - 1], shape->width[k - 1]),
                          false, weights + p.matrix[k], 0.0F, mlp->hidden[k], shape->width[k]);
        activate(mlp, pair, count, step, k, weights + p.bias[k]);
    }
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < count; i++)
        mlp->score[i] = score_of(mlp, weights, &p, &pair[i], mlp->hidden[last] + i * shape->width[last]);
}

/* The gradient of the weights from number `at` on, whose sums are at most `bound` in size. */
static hr_row_sums sums_of(const hr_mlp_gradient *gradient, int64_t at, double bound)
{
    return hr_row_sums_from(gradient->sums, at, hr_sum_unit(gradient->summation, bound));
}

/* The gradient of a bounded score becomes that of the sigmoid's argument. */
static void unbound(const hr_mlp *mlp, const float *weights, const hr_mlp_offsets *p, int64_t count,
                    float *score_gradient)
{
    const float lowest = weights[p->bounds], highest = weights[p->bounds + 1];
    for (int64_t i = 0; i < count; i++)
        score_gradient[i] *= (mlp->score[i] - lowest) * (highest - mlp->score[i]) / (highest - lowest);
}

/* The last step of forward: gradients of a, v and c, and that of the last layer's sums in place of its
 * activations. */
static void output_back(hr_mlp *mlp, const float *weights, const hr_mlp_offsets *p, const hr_mlp_pair *pair,
                        int64_t count, const float *score_gradient, const hr_mlp_gradient *gradient)
{
    const hr_mlp_shape *shape = &mlp->shape;
    const int64_t width = shape->width[shape->layers - 1];
    const float keep = hr_dropout_scale(&mlp->dropout);
    const float *output = weights + p->output;
    const hr_mlp_bounds *bounds = &gradient->bounds;
    const hr_row_sums constant = sums_of(gradient, p->constant, bounds->constant),
                      products = sums_of(gradient, p->product, bounds->product),
                      outputs = sums_of(gradient, p->output, bounds->output);
    for (int64_t i = 0; i < count; i++) {
        float *activation = mlp->hidden[shape->layers - 1] + i * width;
        hr_row_sums_add_row(&constant, 0, 1.0F, score_gradient + i, 0, 1);
        hr_row_sums_add_row_product(&products, 0, score_gradient[i], pair[i].user, pair[i].movie, 0,
                                    shape->product);
        hr_row_sums_add_row(&outputs, 0, score_gradient[i], activation, 0, width);
        for (int64_t c = 0; c < width; c++)
            activation[c] = activation[c] > 0.0F ? keep * score_gradient[i] * output[c] : 0.0F;
    }
}

/* Adds the gradients of layer k's weights, and replaces the activations of the layer below by the gradient of
 * its sums. */
static void layer_back(hr_mlp *mlp, const float *weights, const hr_mlp_offsets *p, int64_t count, int k,
                       const hr_mlp_gradient *gradient)
{
    const hr_mlp_shape *shape = &mlp->shape;
    const int64_t below = shape->width[k - 1], width = shape->width[k];
    const float keep = hr_dropout_scale(&mlp->dropout);
    const float *above = mlp->hidden[k];
    float *activation = mlp->hidden[k - 1];
    const hr_row_sums matrix = sums_of(gradient, p->matrix[k], gradient->bounds.matrix[k]),
                      bias = sums_of(gradient, p->bias[k], gradient->bounds.bias[k]);
    hr_dense_add_outer(count, hr_all_columns(activation, below), hr_all_columns(above, width), mlp->pieces,
                       &matrix);
    hr_dense_add_rows(count, width, above, &bias);
    hr_dense_multiply(shape->summation, count, hr_all_columns(above, width), true, weights + p->matrix[k],
                      0.0F, mlp->down, below);
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < count * below; i++)
        activation[i] = activation[i] > 0.0F ? keep * mlp->down[i] : 0.0F;
}

void hr_mlp_back(hr_mlp *mlp, const float *weights, const hr_mlp_pair *pair, int64_t count,
                 float *score_gradient, const hr_mlp_gradient *gradient)
{
    const hr_mlp_offsets p = hr_mlp_offsets_of(&mlp->shape);
    if (mlp->shape.bounded)
        unbound(mlp, weights, &p, count, score_gradient);
    output_back(mlp, weights, &p, pair, count, score_gradient, gradient);
    for (int k = mlp->shape.layers - 1; k > 0; k--)
        layer_back(mlp, weights, &p, count, k, gradient);
}

void hr_mlp_halves_back(hr_mlp *mlp, const float *weights, bool movies, int64_t rows, const float *row,
                        const float *half_gradient, const hr_mlp_gradient *gradient, float *row_gradient)
{
    const hr_mlp_shape *shape = &mlp->shape;
    const hr_mlp_offsets p = hr_mlp_offsets_of(shape);
    const hr_columns halves = hr_all_columns(half_gradient, shape->width[0]);
    const hr_row_sums half = sums_of(gradient, p.half[movies], gradient->bounds.half),
                      bias = sums_of(gradient, p.bias[0], gradient->bounds.bias[0]);
    hr_dense_add_outer(rows, mlp_part(shape, row), halves, mlp->pieces, &half);
    if (!movies)
        hr_dense_add_rows(rows, shape->width[0], half_gradient, &bias);
    hr_dense_multiply(shape->summation, rows, halves, true, weights + p.half[movies], 0.0F, row_gradient,
                      hr_mlp_columns(shape));
}

const float *hr_mlp_product(const hr_mlp_shape *shape, const float *weights)
{
    return weights + hr_mlp_offsets_of(shape).product;
}
