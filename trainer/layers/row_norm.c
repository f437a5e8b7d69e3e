#include "trainer/layers/row_norm.h"

#include "io/base/memory.h"
#include "trainer/kernels/scores.h"
#include "trainer/numerics/dense.h"
#include "trainer/simd/rounding.h"

#include <math.h>
#include <string.h>

static const double least_variance = 1e-5;

void hr_row_norm(int64_t rows, int64_t dim, float *row, float *length)
{
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < rows; i++) {
        float *x = row + i * dim;
        const float found = sqrtf(hr_dot(x, x, dim));
        length[i] = found > 0.0F ? found : 1.0F;
        for (int64_t c = 0; c < dim; c++)
            x[c] /= length[i];
    }
}

void hr_row_norm_back(int64_t rows, int64_t dim, const float *row, const float *length, float *row_gradient)
{
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < rows; i++) {
        const float *x = row + i * dim;
        float *g = row_gradient + i * dim;
        const float along = hr_dot(x, g, dim);
        for (int64_t c = 0; c < dim; c++)
            g[c] = (g[c] - along * x[c]) / length[i];
    }
}

hr_status hr_batch_norm_create(hr_batch_norm *norm, const hr_comm *comm, int64_t rows, int64_t dim,
                               hr_summation summation, hr_error *err)
{
    hr_status status = HR_OK;
    norm->comm = comm;
    norm->rows = rows;
    norm->dim = dim;
    norm->summation = summation;
    HR_ALLOC(norm->normalised, rows * dim);
    HR_ALLOC(norm->inverse, dim);
    HR_ALLOC(norm->sums, 2 * dim);
done:
    return status;
}

void hr_batch_norm_free(hr_batch_norm *norm)
{
    free(norm->normalised);
    free(norm->inverse);
    free(norm->sums);
    *norm = (hr_batch_norm){0};
}

/* Units of the sums of x and of x y over all ranks' rows. */
static hr_status find_units(const hr_batch_norm *norm, const float *x, const float *y, double units[2],
                            hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t values = norm->rows * norm->dim;
    double most[2];
    HR_TRY(hr_largest_entry(norm->summation, norm->comm, x, values, &most[0], err));
    HR_TRY(hr_largest_entry(norm->summation, norm->comm, y, values, &most[1], err));
    units[0] = hr_sum_unit(norm->summation, norm->all_rows * most[0]);
    units[1] = hr_sum_unit(norm->summation, norm->all_rows * most[0] * most[1]);
done:
    return status;
}

/* sums = over this rank's rows, of x and of x y, column by column. */
static void sum_columns(hr_batch_norm *norm, const float *x, const float *y, const double units[2])
{
    const int64_t dim = norm->dim;
    memset(norm->sums, 0, (size_t)(2 * dim) * sizeof *norm->sums);
    for (int64_t i = 0; i < norm->rows; i++)
        for (int64_t c = 0; c < dim; c++) {
            const double value = (double)x[i * dim + c], other = (double)y[i * dim + c];
            norm->sums[c] += hr_round_to_unit(value, units[0]);
            norm->sums[dim + c] += hr_round_to_unit(value * other, units[1]);
        }
}

hr_status hr_batch_norm_run(hr_batch_norm *norm, const float *weights, float *row, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t dim = norm->dim;
    double units[2];
    norm->all_rows = (double)norm->rows;
    HR_TRY(hr_sum_f64(norm->comm, &norm->all_rows, 1, err));
    HR_TRY(find_units(norm, row, row, units, err));
    sum_columns(norm, row, row, units);
    HR_TRY(hr_sum_f64(norm->comm, norm->sums, 2 * dim, err));
    for (int64_t c = 0; c < dim; c++) {
        const double mean = norm->sums[c] / norm->all_rows;
        const double variance = norm->sums[dim + c] / norm->all_rows - mean * mean;
        norm->sums[c] = mean;
        norm->inverse[c] = (float)(1.0 / sqrt(fmax(variance, 0.0) + least_variance));
    }
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < norm->rows; i++)
        for (int64_t c = 0; c < dim; c++) {
            float *normalised = norm->normalised + i * dim + c;
            *normalised = (row[i * dim + c] - (float)norm->sums[c]) * norm->inverse[c];
            row[i * dim + c] = weights[c] * *normalised + weights[dim + c];
        }
done:
    return status;
}

/* Adds this rank's share of the gradients of gain and shift. */
static void add_weights(const hr_batch_norm *norm, const float *row_gradient, const double units[2],
                        const hr_row_sums *gradient)
{
    const int64_t dim = norm->dim;
    const hr_row_sums gain = hr_row_sums_from(gradient, 0, units[1]),
                      shift = hr_row_sums_from(gradient, dim, units[0]);
    hr_dense_add_products(norm->rows, dim, row_gradient, norm->normalised, &gain);
    hr_dense_add_rows(norm->rows, dim, row_gradient, &shift);
}

hr_status hr_batch_norm_back(hr_batch_norm *norm, const float *weights, float *row_gradient,
                             const hr_row_sums *gradient, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t dim = norm->dim;
    double units[2];
    HR_TRY(find_units(norm, row_gradient, norm->normalised, units, err));
    sum_columns(norm, row_gradient, norm->normalised, units);
    add_weights(norm, row_gradient, units, gradient);
    HR_TRY(hr_sum_f64(norm->comm, norm->sums, 2 * dim, err));
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < norm->rows; i++)
        for (int64_t c = 0; c < dim; c++) {
            const double mean = norm->sums[c] / norm->all_rows, along = norm->sums[dim + c] / norm->all_rows;
            float *g = row_gradient + i * dim + c;
            *g = weights[c] * norm->inverse[c] *
                 (*g - (float)mean - norm->normalised[i * dim + c] * (float)along);
        }
done:
    return status;
}
