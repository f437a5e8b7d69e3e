/* Rows of users that training did not see: what a user's row would be, the movies' rows being as they are. For a model
 * that is solved, it is the least-squares problem of one user (als.h), solved by Cholesky's factorisation. */
#ifndef HR_TRAINER_MODELS_FOLD_IN_H
#define HR_TRAINER_MODELS_FOLD_IN_H

#include "io/base/error.h"
#include "trainer/models/model_config.h"

#include <stdint.h>

/* What all users have in common. Zero-initialise; free with hr_fold_in_free. */
typedef struct hr_fold_in {
    const hr_model_config *config;
    int64_t movies;
    const float *movie_row; /* [movies x config->dim] output rows */
    double mean_rating;     /* of train, for a model of ratings */
    double *gram;           /* [dim x dim] of the movies' rows, the lower triangle */
} hr_fold_in;

/* One thread's memory: matrix [dim x dim], vector [dim]. Zero-initialise; free with hr_fold_in_workspace_free. */
typedef struct hr_fold_in_workspace {
    double *matrix, *vector, *wide;
} hr_fold_in_workspace;

/* Configuration and rows must outlive it. Local. HR_MEMORY. */
hr_status hr_fold_in_create(hr_fold_in *f, const hr_model_config *config, int64_t movies,
                            const float *movie_row, double mean_rating, hr_error *err);
void hr_fold_in_free(hr_fold_in *f);
hr_status hr_fold_in_workspace_create(hr_fold_in_workspace *w, const hr_fold_in *f, hr_error *err);
void hr_fold_in_workspace_free(hr_fold_in_workspace *w);

/* Computes a user's row.
 *   movie, value  [count] what the user has rated; values are NULL where the model does not read them
 *   row           [dim] holds what training left, and receives the user's
 * Local. */
typedef void hr_fold_in_user(const hr_fold_in *f, hr_fold_in_workspace *w, const int32_t *movie,
                             const float *value, int64_t count, float *row);

/* Of als and ials; and of models whose users' rows say nothing of the user. */
hr_fold_in_user hr_fold_in_als, hr_fold_in_ials, hr_fold_in_as_it_is;

#endif
