/* How far scores are from held-out ratings. */
#ifndef HR_TRAINER_EVALUATION_RATING_ERRORS_H
#define HR_TRAINER_EVALUATION_RATING_ERRORS_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/dataset/ratings.h"
#include "trainer/scoring/scorer.h"
#include "trainer/scoring/train_figures.h"

#include <jansson.h>
#include <stdint.h>

/* Sums over one user's held-out ratings. */
typedef struct hr_user_errors {
    double ratings, squared, absolute;
} hr_user_errors;

typedef struct hr_rating_errors {
    double ratings; /* how many are held out */
    double rmse;    /* root of the mean squared error */
    double mae;     /* mean absolute error */
} hr_rating_errors;

/* Compares scores, clipped to the range of the train ratings, with the held-out ratings of this rank's block of
 * users; all ranks receive the figures of all. The same on any number of ranks and threads.
 *   scorer  of the block's users, whose ratings have values and splits
 *   split   HR_VALID or HR_TEST: what is held out
 *   train   figures of all train ratings, with values
 *   users   [scorer->ratings->users] receives each user's sums, or is NULL
 * Collective. HR_MEMORY and HR_COMM, on all ranks. */
hr_status hr_rating_errors_measure(const hr_comm *comm, const hr_scorer *scorer, hr_split split,
                                   const hr_train_figures *train, hr_user_errors *users,
                                   hr_rating_errors *errors, hr_error *err);

/* Adds "ratings", "rmse" and "mae" to a JSON object. */
void hr_rating_errors_to_json(const hr_rating_errors *errors, json_t *object);

#endif
