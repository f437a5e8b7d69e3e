/* Rows of users that training did not see: what a user's row would be, the movies' rows being as they are. That is the
 * fold-in of latent semantic indexing (Deerwester et al., JASIS 1990), for each model by the equation that its own users'
 * rows solve:
 *
 *     als, mf of ratings          least squares of the user's ratings                    (least_squares.h)
 *     ials                        the same of what was rated, against all movies         (least_squares.h)
 *     mf of rankings, ncf, hybrid the user's parameters, by a linear map                 (user_map.h)
 *     lightgcn                    the propagation of the user's movies, and these        (layers.h)
 *     sage, gat, gatv2            the model's layers over the user's movies, from these  (layers.h)
 *     popular, toprated, content  rows say nothing of the user
 *     that score by ratings       the known ratings suffice                              (models/rating_scores.h)
 */
#ifndef HR_TRAINER_FOLD_IN_FOLD_IN_H
#define HR_TRAINER_FOLD_IN_FOLD_IN_H

#include "io/base/error.h"
#include "io/dataset/ratings.h"
#include "trainer/fold_in/input_arrays.h"
#include "trainer/fold_in/user_map.h"
#include "trainer/models/model_config.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct hr_fold_in_method hr_fold_in_method;

/* What all users have in common. Zero-initialise; free with hr_fold_in_free. */
typedef struct hr_fold_in {
    const hr_model_config *model;
    int64_t movies;
    const float *movie_row; /* [movies x dim] output rows */
    const float *array;     /* input_arrays.h */
    const hr_user_map *map; /* solved; NULL where hr_fold_in_wants_map says no */
    hr_input_arrays arrays;
    const hr_fold_in_method *method;
    double *
        gram; /* [dim x dim] of the movies' rows, the lower triangle; NULL where the method does not read it */
} hr_fold_in;

/* Whether rows of such users take a map. Local. */
bool hr_fold_in_wants_map(const hr_model_config *model);

/* Members before `arrays` are given, and must outlive it. Local. HR_MEMORY. */
hr_status hr_fold_in_create(hr_fold_in *f, hr_error *err);
void hr_fold_in_free(hr_fold_in *f);

/* Computes the rows of those users of a block that have known ratings (HR_KNOWN); other rows stay.
 *   ratings  with values where the model predicts ratings
 *   row      [ratings->users x dim]
 * Local; threads take users. HR_MEMORY. */
hr_status hr_fold_in_block(const hr_fold_in *f, const hr_ratings *ratings, float *row, hr_error *err);

/* Computes the row [dim] of one user. Local. HR_MEMORY. */
hr_status hr_fold_in_one(const hr_fold_in *f, const hr_known_ratings *known, float *row, hr_error *err);

#endif
