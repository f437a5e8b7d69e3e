#include "trainer/loss/mlp_bounds.h"

#include "trainer/loss/mlp_offsets.h"

#include <math.h>

/* A bound of the entries of x W + bias for rows x of entries up to `entry` in size: the largest over W's
 * columns of the sum of sizes, times `entry`, plus the size of the bias where there is one. */
static double largest_product(const float *matrix, int64_t in, int64_t out, double entry, const float *bias)
{
    double most = 0.0;
    for (int64_t c = 0; c < out; c++) {
        double sum = bias ? fabs((double)bias[c]) : 0.0;
        for (int64_t r = 0; r < in; r++)
            sum += entry * fabs((double)matrix[r * out + c]);
        most = fmax(most, sum);
    }
    return most;
}

/* The same of the matrix transposed, which gradients go back by. */
static double largest_back(const float *matrix, int64_t in, int64_t out, double score_gradient)
{
    double most = 0.0;
    for (int64_t r = 0; r < in; r++) {
        double sum = 0.0;
        for (int64_t c = 0; c < out; c++)
            sum += score_gradient * fabs((double)matrix[r * out + c]);
        most = fmax(most, sum);
    }
    return most;
}

static double largest_entry(const float *values, int64_t count)
{
    double most = 0.0;
    for (int64_t i = 0; i < count; i++)
        most = fmax(most, fabs((double)values[i]));
    return most;
}

static double keep_of(const hr_mlp_shape *shape)
{
    const hr_dropout dropout = {shape->dropout, 0};
    return (double)hr_dropout_scale(&dropout);
}

/* Bounds of the activations of each layer. */
static void bound_activations(const hr_mlp_shape *shape, const hr_mlp_offsets *p, const float *weights,
                              double row, double activation[HR_MLP_LAYERS])
{
    const int64_t in = hr_mlp_columns(shape), width = shape->width[0];
    const double keep = keep_of(shape);
    activation[0] = keep * (largest_product(weights + p->half[0], in, width, row, weights + p->bias[0]) +
                            largest_product(weights + p->half[1], in, width, row, NULL));
    for (int k = 1; k < shape->layers; k++)
        activation[k] = keep * largest_product(weights + p->matrix[k], shape->width[k - 1], shape->width[k],
                                               activation[k - 1], weights + p->bias[k]);
}

/* Bounds of the gradients of what each layer sums, for one pair. */
static void bound_gradients(const hr_mlp_shape *shape, const hr_mlp_offsets *p, const float *weights,
                            double score_gradient, double sum[HR_MLP_LAYERS])
{
    const int last = shape->layers - 1;
    const double keep = keep_of(shape);
    sum[last] = keep * score_gradient * largest_entry(weights + p->output, shape->width[last]);
    for (int k = last; k > 0; k--)
        sum[k - 1] =
            keep * largest_back(weights + p->matrix[k], shape->width[k - 1], shape->width[k], sum[k]);
}

double hr_mlp_largest_score(const hr_mlp_shape *shape, const float *weights, double row)
{
    const hr_mlp_offsets p = hr_mlp_offsets_of(shape);
    const int last = shape->layers - 1;
    double activation[HR_MLP_LAYERS];
    bound_activations(shape, &p, weights, row, activation);
    return largest_product(weights + p.output, shape->width[last], 1, activation[last],
                           weights + p.constant) +
           largest_product(weights + p.product, shape->product, 1, row * row, NULL);
}

hr_mlp_bounds hr_mlp_bounds_of(const hr_mlp_shape *shape, const float *weights, double row,
                               double score_gradient, double pairs)
{
    const hr_mlp_offsets p = hr_mlp_offsets_of(shape);
    const int64_t in = hr_mlp_columns(shape), width = shape->width[0];
    double activation[HR_MLP_LAYERS], sum[HR_MLP_LAYERS];
    bound_activations(shape, &p, weights, row, activation);
    bound_gradients(shape, &p, weights, score_gradient, sum);
    const double down = fmax(largest_back(weights + p.half[0], in, width, sum[0]),
                             largest_back(weights + p.half[1], in, width, sum[0]));
    const double product = score_gradient * row * largest_entry(weights + p.product, shape->product);
    hr_mlp_bounds b = {.half = pairs * row * sum[0],
                       .product = pairs * score_gradient * row * row,
                       .output = pairs * score_gradient * activation[shape->layers - 1],
                       .constant = pairs * score_gradient,
                       .half_gradient = pairs * sum[0],
                       .row = pairs * (down + product)};
    for (int k = 0; k < shape->layers; k++) {
        b.bias[k] = pairs * sum[k];
        b.matrix[k] = k > 0 ? pairs * activation[k - 1] * sum[k] : 0.0;
    }
    return b;
}
