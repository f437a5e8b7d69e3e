#include "trainer/loss/mlp_bounds.h"

#include "trainer/loss/mlp_offsets.h"
#include "trainer/numerics/exact.h"

/* The largest of the sums of sizes over a matrix's columns, each with its bias' where there is one: what rows
 * of entries up to `entry` are multiplied to at most. */
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

/* The same of the matrix transposed, which slopes go back by. */
static double largest_back(const float *matrix, int64_t in, int64_t out, double slope)
{
    double most = 0.0;
    for (int64_t r = 0; r < in; r++) {
        double sum = 0.0;
        for (int64_t c = 0; c < out; c++)
            sum += slope * fabs((double)matrix[r * out + c]);
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

/* Bounds of what each layer puts out. */
static void bound_units(const hr_mlp_shape *shape, const hr_mlp_offsets *p, const float *weights, double row,
                        double unit[HR_MLP_LAYERS])
{
    const int64_t in = hr_mlp_columns(shape), width = shape->width[0];
    const double keep = keep_of(shape);
    unit[0] = keep * (largest_product(weights + p->half[0], in, width, row, weights + p->bias[0]) +
                      largest_product(weights + p->half[1], in, width, row, NULL));
    for (int k = 1; k < shape->layers; k++)
        unit[k] = keep * largest_product(weights + p->matrix[k], shape->width[k - 1], shape->width[k],
                                         unit[k - 1], weights + p->bias[k]);
}

/* Bounds of the slopes of what each layer sums, for one pair. */
static void bound_gradients(const hr_mlp_shape *shape, const hr_mlp_offsets *p, const float *weights,
                            double slope, double sum[HR_MLP_LAYERS])
{
    const int last = shape->layers - 1;
    const double keep = keep_of(shape);
    sum[last] = keep * slope * largest_entry(weights + p->output, shape->width[last]);
    for (int k = last; k > 0; k--)
        sum[k - 1] =
            keep * largest_back(weights + p->matrix[k], shape->width[k - 1], shape->width[k], sum[k]);
}

double hr_mlp_largest_score(const hr_mlp_shape *shape, const float *weights, double row)
{
    const hr_mlp_offsets p = hr_mlp_offsets_of(shape);
    const int last = shape->layers - 1;
    double unit[HR_MLP_LAYERS];
    bound_units(shape, &p, weights, row, unit);
    return largest_product(weights + p.output, shape->width[last], 1, unit[last], weights + p.constant) +
           largest_product(weights + p.product, shape->product, 1, row * row, NULL);
}

hr_mlp_units hr_mlp_units_of(const hr_mlp_shape *shape, const float *weights, double row, double slope,
                             double pairs)
{
    const hr_mlp_offsets p = hr_mlp_offsets_of(shape);
    const int64_t in = hr_mlp_columns(shape), width = shape->width[0];
    double unit[HR_MLP_LAYERS], sum[HR_MLP_LAYERS];
    bound_units(shape, &p, weights, row, unit);
    bound_gradients(shape, &p, weights, slope, sum);
    const double down = fmax(largest_back(weights + p.half[0], in, width, sum[0]),
                             largest_back(weights + p.half[1], in, width, sum[0]));
    const double product = slope * row * largest_entry(weights + p.product, shape->product);
    hr_mlp_units u = {.half = hr_exact_unit(pairs * row * sum[0]),
                      .product = hr_exact_unit(pairs * slope * row * row),
                      .output = hr_exact_unit(pairs * slope * unit[shape->layers - 1]),
                      .constant = hr_exact_unit(pairs * slope),
                      .half_gradient = hr_exact_unit(pairs * sum[0]),
                      .row = hr_exact_unit(pairs * (down + product))};
    for (int k = 0; k < shape->layers; k++) {
        u.bias[k] = hr_exact_unit(pairs * sum[k]);
        u.matrix[k] = k > 0 ? hr_exact_unit(pairs * unit[k - 1] * sum[k]) : 0.0;
    }
    return u;
}
