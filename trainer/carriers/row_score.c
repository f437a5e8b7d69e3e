#include "trainer/carriers/row_score.h"

#include "io/base/memory.h"
#include "trainer/loss/mlp_offsets.h"

#include <math.h>
#include <string.h>

hr_status hr_row_score_create(hr_row_score *score, const hr_explained_model *model, bool normalised,
                              hr_error *err)
{
    hr_status status = HR_OK;
    score->model = model;
    score->normalised = normalised;
    HR_ALLOC(score->row, model->config->dim);
    for (int k = 0; k < model->mlp->layers; k++) {
        HR_ALLOC(score->hidden[k], model->mlp->width[k]);
        HR_ALLOC(score->down[k], model->mlp->width[k]);
    }
    if (model->mlp->layers > 0)
        HR_ALLOC(score->half, model->mlp->width[0]);
done:
    return status;
}

void hr_row_score_free(hr_row_score *score)
{
    for (int k = 0; k < HR_MLP_LAYERS; k++) {
        free(score->hidden[k]);
        free(score->down[k]);
    }
    free(score->half);
    free(score->row);
    *score = (hr_row_score){0};
}

/* out [columns] += x [rows] W. */
static void add_product(const double *x, int64_t rows, const float *matrix, int64_t columns, double *out)
{
    for (int64_t i = 0; i < rows; i++)
        for (int64_t c = 0; c < columns; c++)
            out[c] += x[i] * (double)matrix[i * columns + c];
}

/* out [rows] = W d [columns]. */
static void multiply_back(const double *down, int64_t rows, const float *matrix, int64_t columns, double *out)
{
    for (int64_t i = 0; i < rows; i++) {
        out[i] = 0.0;
        for (int64_t c = 0; c < columns; c++)
            out[i] += down[c] * (double)matrix[i * columns + c];
    }
}

void hr_row_score_of_movie(hr_row_score *score, int64_t movie)
{
    const hr_explained_model *m = score->model;
    score->movie = m->movie_row + movie * m->config->dim;
    if (m->mlp->layers == 0)
        return;
    const hr_mlp_offsets at = hr_mlp_offsets_of(m->mlp);
    for (int64_t c = 0; c < m->mlp->width[0]; c++)
        score->half[c] = (double)m->weights[at.bias[0] + c];
    for (int64_t i = m->mlp->first; i < m->config->dim; i++)
        add_product(&(double){(double)score->movie[i]}, 1,
                    m->weights + at.half[1] + (i - m->mlp->first) * m->mlp->width[0], m->mlp->width[0],
                    score->half);
}

static void rectify(double *values, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        values[i] = fmax(values[i], 0.0);
}

/* The hidden layers' activations. */
static void forward(hr_row_score *score, const double *row)
{
    const hr_mlp_shape *mlp = score->model->mlp;
    const float *weights = score->model->weights;
    const hr_mlp_offsets at = hr_mlp_offsets_of(mlp);
    memcpy(score->hidden[0], score->half, (size_t)mlp->width[0] * sizeof *score->half);
    add_product(row + mlp->first, hr_mlp_columns(mlp), weights + at.half[0], mlp->width[0], score->hidden[0]);
    rectify(score->hidden[0], mlp->width[0]);
    for (int k = 1; k < mlp->layers; k++) {
        for (int64_t c = 0; c < mlp->width[k]; c++)
            score->hidden[k][c] = (double)weights[at.bias[k] + c];
        add_product(score->hidden[k - 1], mlp->width[k - 1], weights + at.matrix[k], mlp->width[k],
                    score->hidden[k]);
        rectify(score->hidden[k], mlp->width[k]);
    }
}

/* Adds the gradient of the last layer's output to gradient [dim]. */
static void backward(hr_row_score *score, double *gradient)
{
    const hr_mlp_shape *mlp = score->model->mlp;
    const float *weights = score->model->weights;
    const hr_mlp_offsets at = hr_mlp_offsets_of(mlp);
    const int last = mlp->layers - 1;
    for (int64_t c = 0; c < mlp->width[last]; c++)
        score->down[last][c] = (double)weights[at.output + c];
    for (int k = last; k >= 0; k--) {
        for (int64_t c = 0; c < mlp->width[k]; c++)
            score->down[k][c] = score->hidden[k][c] > 0.0 ? score->down[k][c] : 0.0;
        if (k > 0)
            multiply_back(score->down[k], mlp->width[k - 1], weights + at.matrix[k], mlp->width[k],
                          score->down[k - 1]);
    }
    multiply_back(score->down[0], hr_mlp_columns(mlp), weights + at.half[0], mlp->width[0],
                  gradient + mlp->first);
}

static double score_by_mlp(hr_row_score *score, const double *row, double *gradient)
{
    const hr_mlp_shape *mlp = score->model->mlp;
    const float *weights = score->model->weights;
    const hr_mlp_offsets at = hr_mlp_offsets_of(mlp);
    const int last = mlp->layers - 1;
    forward(score, row);
    double sum = (double)weights[at.constant];
    for (int64_t c = 0; c < mlp->width[last]; c++)
        sum += score->hidden[last][c] * (double)weights[at.output + c];
    memset(gradient, 0, (size_t)mlp->columns * sizeof *gradient);
    backward(score, gradient);
    for (int64_t c = 0; c < mlp->product; c++) {
        const double factor = (double)weights[at.product + c] * (double)score->movie[c];
        sum += factor * row[c];
        gradient[c] += factor;
    }
    if (!mlp->bounded)
        return sum;
    const double lowest = (double)weights[at.bounds], range = (double)weights[at.bounds + 1] - lowest;
    const double share = 1.0 / (1.0 + exp(-sum));
    for (int64_t c = 0; c < mlp->columns; c++)
        gradient[c] *= range * share * (1.0 - share);
    return lowest + range * share;
}

static double score_by_product(const hr_row_score *score, const double *row, double *gradient)
{
    double sum = 0.0;
    for (int64_t c = 0; c < score->model->config->dim; c++) {
        gradient[c] = c < 2 && hr_explained_has_biases(score->model) ? 0.0 : (double)score->movie[c];
        sum += gradient[c] * row[c];
    }
    return sum;
}

/* The row divided by its length, in score->row; returns the length, 1 for a row of zeros. */
static double divide_by_length(hr_row_score *score, const double *row)
{
    const int64_t dim = score->model->config->dim;
    double square = 0.0;
    for (int64_t c = 0; c < dim; c++)
        square += row[c] * row[c];
    const double length = square > 0.0 ? sqrt(square) : 1.0;
    for (int64_t c = 0; c < dim; c++)
        score->row[c] = row[c] / length;
    return length;
}

double hr_row_score_run(hr_row_score *score, const double *row, double *gradient)
{
    const int64_t dim = score->model->config->dim;
    const double length = score->normalised ? divide_by_length(score, row) : 1.0;
    const double *used = score->normalised ? score->row : row;
    const double result = score->model->mlp->layers > 0 ? score_by_mlp(score, used, gradient)
                                                        : score_by_product(score, used, gradient);
    double along = 0.0;
    for (int64_t c = 0; score->normalised && c < dim; c++)
        along += gradient[c] * used[c];
    for (int64_t c = 0; score->normalised && c < dim; c++)
        gradient[c] = (gradient[c] - along * used[c]) / length;
    return result;
}
