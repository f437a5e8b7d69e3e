#include "trainer/models/fold_in.h"

#include "io/base/memory.h"

#include <cblas.h>
#include <string.h>

/* LAPACK's solution by Cholesky's factorisation, which OpenBLAS has but declares in no header. */
void dposv_(const char *triangle, const int *order, const int *columns, double *matrix, const int *stride,
            double *vector, const int *vector_stride, int *failed);

static void widen(const float *row, double *wide, int64_t dim)
{
    for (int64_t c = 0; c < dim; c++)
        wide[c] = (double)row[c];
}

/* matrix += y y', the lower triangle by rows. */
static void add_square(double *matrix, const double *y, int64_t dim)
{
    cblas_dsyr(CblasRowMajor, CblasLower, (int)dim, 1.0, y, 1, matrix, (int)dim);
}

hr_status hr_fold_in_create(hr_fold_in *f, const hr_model_config *config, int64_t movies,
                            const float *movie_row, double mean_rating, hr_error *err)
{
    hr_status status = HR_OK;
    double *wide = NULL;
    const int64_t dim = config->dim;
    *f = (hr_fold_in){.config = config, .movies = movies, .movie_row = movie_row, .mean_rating = mean_rating};
    HR_ALLOC(f->gram, dim * dim);
    HR_ALLOC(wide, dim);
    for (int64_t m = 0; m < movies; m++) {
        widen(movie_row + m * dim, wide, dim);
        add_square(f->gram, wide, dim);
    }
done:
    free(wide);
    return status;
}

void hr_fold_in_free(hr_fold_in *f)
{
    free(f->gram);
    f->gram = NULL;
}

hr_status hr_fold_in_workspace_create(hr_fold_in_workspace *w, const hr_fold_in *f, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t dim = f->config->dim;
    HR_ALLOC(w->matrix, dim * dim);
    HR_ALLOC(w->vector, dim);
    HR_ALLOC(w->wide, dim);
done:
    return status;
}

void hr_fold_in_workspace_free(hr_fold_in_workspace *w)
{
    free(w->matrix);
    free(w->vector);
    free(w->wide);
    *w = (hr_fold_in_workspace){0};
}

/* Solves (matrix + weight I) x = vector for the row. */
static void solve(hr_fold_in_workspace *w, int64_t dim, double weight, float *row)
{
    const int order = (int)dim, one = 1;
    int failed = 0;
    for (int64_t c = 0; c < dim; c++)
        w->matrix[c * dim + c] += weight;
    dposv_("U", &order, &one, w->matrix, &order, w->vector, &order, &failed); /* rows of it are our columns */
    for (int64_t c = 0; failed == 0 && c < dim; c++)
        row[c] = (float)w->vector[c];
}

void hr_fold_in_ials(const hr_fold_in *f, hr_fold_in_workspace *w, const int32_t *movie, const float *value,
                     int64_t count, float *row)
{
    (void)value;
    const hr_model_config *config = f->config;
    const int64_t dim = config->dim;
    const double unobserved = config->unobserved;
    for (int64_t c = 0; c < dim * dim; c++)
        w->matrix[c] = unobserved * f->gram[c];
    memset(w->vector, 0, (size_t)dim * sizeof *w->vector);
    for (int64_t i = 0; i < count; i++) {
        widen(f->movie_row + movie[i] * dim, w->wide, dim);
        add_square(w->matrix, w->wide, dim);
        cblas_daxpy((int)dim, 1.0, w->wide, 1, w->vector, 1);
    }
    solve(w, dim, config->decay * ((double)count + unobserved * (double)f->movies) + config->ridge, row);
}

/* A user's first column is 1, and its second the bias, which is regularised towards the mean rating (als.c). */
enum { CONSTANT, BIAS };

void hr_fold_in_als(const hr_fold_in *f, hr_fold_in_workspace *w, const int32_t *movie, const float *value,
                    int64_t count, float *row)
{
    const hr_model_config *config = f->config;
    const int64_t dim = config->dim;
    const bool biased = config->has_biases;
    const double weight = config->decay * (double)(count > 0 ? count : 1) + config->ridge;
    memset(w->matrix, 0, (size_t)(dim * dim) * sizeof *w->matrix);
    memset(w->vector, 0, (size_t)dim * sizeof *w->vector);
    for (int64_t i = 0; i < count; i++) {
        widen(f->movie_row + movie[i] * dim, w->wide, dim);
        const double rating = (double)value[i] - (biased ? w->wide[CONSTANT] : 0.0);
        if (biased)
            w->wide[CONSTANT] = 0.0;
        add_square(w->matrix, w->wide, dim);
        cblas_daxpy((int)dim, rating, w->wide, 1, w->vector, 1);
    }
    if (biased)
        w->vector[BIAS] += weight * f->mean_rating;
    solve(w, dim, weight, row);
    if (biased)
        row[CONSTANT] = 1.0F;
}

void hr_fold_in_as_it_is(const hr_fold_in *f, hr_fold_in_workspace *w, const int32_t *movie,
                         const float *value, int64_t count, float *row)
{
    (void)f, (void)w, (void)movie, (void)value, (void)count, (void)row;
}
