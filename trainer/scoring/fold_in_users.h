/* Users whom training did not see, and of whose ratings some are known (HR_KNOWN): their rows, for evaluation. */
#ifndef HR_TRAINER_SCORING_FOLD_IN_USERS_H
#define HR_TRAINER_SCORING_FOLD_IN_USERS_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/dataset/dataset.h"
#include "trainer/models/model_config.h"

/* HR_USAGE where the dataset holds users out whole, and the model has no rows for such. Local. */
hr_status hr_fold_in_check(const hr_dataset_summary *data, const hr_model_config *config, const char *dataset,
                           hr_error *err);

/* Computes the rows of this rank's users that have known ratings, by the model's fold_in; other rows stay. Does
 * nothing, without communication, where the dataset has no known ratings.
 *   ratings    this rank's of all users, with values where the model reads them
 *   movie_row  [movies x dim] output rows of all movies
 *   user_row   [ratings->users x dim]
 * Collective; all ranks return the same status. HR_MEMORY, HR_COMM. */
hr_status hr_fold_in_users(const hr_comm *comm, const hr_dataset_summary *data, const hr_model_config *config,
                           const hr_ratings *ratings, const float *movie_row, float *user_row, hr_error *err);

#endif
