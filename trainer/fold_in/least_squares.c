#include "trainer/fold_in/least_squares.h"

#include "trainer/models/als.h"

#include <cblas.h>
#include <string.h>

/* LAPACK's solution by Cholesky's factorisation, which OpenBLAS has but declares in no header. */
void dposv_(const char *triangle, const int *order, const int *columns, double *matrix, const int *stride,
            double *vector, const int *vector_stride, int *failed);

void hr_fold_in_widen(const float *row, double *wide, int64_t dim)
{
    for (int64_t c = 0; c < dim; c++)
        wide[c] = (double)row[c];
}

void hr_fold_in_add_square(double *matrix, const double *y, int64_t dim)
{
    cblas_dsyr(CblasRowMajor, CblasLower, (int)dim, 1.0, y, 1, matrix, (int)dim);
}

void hr_fold_in_solve(hr_fold_in_workspace *w, int64_t dim, double weight, float *row)
{
    const int order = (int)dim, one = 1;
    int failed = 0;
    for (int64_t c = 0; c < dim; c++)
        w->matrix[c * dim + c] += weight;
    dposv_("U", &order, &one, w->matrix, &order, w->vector, &order, &failed); /* rows of it are our columns */
    for (int64_t c = 0; failed == 0 && c < dim; c++)
        row[c] = (float)w->vector[c];
}

static void solve_movies(const hr_fold_in *f, hr_fold_in_workspace *w, const hr_known_ratings *known,
                         float *row)
{
    const hr_model_config *model = f->model;
    const int64_t dim = model->dim;
    const double unobserved = model->unobserved;
    double liked = 0.0;
    for (int64_t c = 0; c < dim * dim; c++)
        w->matrix[c] = unobserved * f->gram[c];
    memset(w->vector, 0, (size_t)dim * sizeof *w->vector);
    for (int64_t i = 0; i < known->count; i++) {
        hr_fold_in_widen(f->movie_row + known->movie[i] * dim, w->wide, dim);
        hr_fold_in_add_square(w->matrix, w->wide, dim);
        if (known->value && !(known->value[i] > 0.0F))
            continue;
        cblas_daxpy((int)dim, 1.0, w->wide, 1, w->vector, 1);
        liked += 1.0;
    }
    hr_fold_in_solve(w, dim, model->decay * (liked + unobserved * (double)f->movies) + model->ridge, row);
}

/* A user's first column is 1, and its second the bias, which is regularised towards the mean rating. */
enum { CONSTANT, BIAS };

/* Regularisation of a user with n ratings: of the row, and of its bias. */
static void weights_of(const hr_model_config *model, double n, double *weight, double *bias)
{
    const bool solved = model->table == &hr_als;
    const double scale = solved ? 1.0 : 0.5;
    *weight = scale * (model->decay * n + model->ridge);
    *bias = scale * ((solved ? 1.0 : 0.4) * model->decay * n + model->ridge);
}

static void solve_ratings(const hr_fold_in *f, hr_fold_in_workspace *w, const hr_known_ratings *known,
                          float *row)
{
    const hr_model_config *model = f->model;
    const int64_t dim = model->dim;
    const bool biased = model->table != &hr_als || model->has_biases;
    double weight, bias_weight;
    weights_of(model, (double)known->count, &weight, &bias_weight);
    memset(w->matrix, 0, (size_t)(dim * dim) * sizeof *w->matrix);
    memset(w->vector, 0, (size_t)dim * sizeof *w->vector);
    for (int64_t i = 0; i < known->count; i++) {
        hr_fold_in_widen(f->movie_row + known->movie[i] * dim, w->wide, dim);
        const double rating = (double)known->value[i] - (biased ? w->wide[CONSTANT] : 0.0);
        if (biased)
            w->wide[CONSTANT] = 0.0;
        hr_fold_in_add_square(w->matrix, w->wide, dim);
        cblas_daxpy((int)dim, rating, w->wide, 1, w->vector, 1);
    }
    if (biased) {
        w->vector[BIAS] += bias_weight * (double)f->array[f->arrays.range];
        w->matrix[BIAS * dim + BIAS] += bias_weight - weight;
    }
    hr_fold_in_solve(w, dim, weight, row);
    if (biased)
        row[CONSTANT] = 1.0F;
}

const hr_fold_in_method hr_fold_in_ratings = {.user = solve_ratings};
const hr_fold_in_method hr_fold_in_movies = {.wants_gram = true, .user = solve_movies};
