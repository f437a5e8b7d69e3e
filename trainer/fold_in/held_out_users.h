/* Users whom training did not see, and of whose ratings some are known (HR_KNOWN): their rows while a model is trained, for
 * validation. */
#ifndef HR_TRAINER_FOLD_IN_HELD_OUT_USERS_H
#define HR_TRAINER_FOLD_IN_HELD_OUT_USERS_H

#include "io/base/error.h"
#include "io/dataset/dataset.h"
#include "trainer/fold_in/fold_in.h"
#include "trainer/graph/graph_context.h"

/* A model that is trained, as it is after forward. */
typedef struct hr_trained_model {
    hr_graph_context *graph;
    const hr_model_config *model;
    void *state;             /* of the model */
    const float *parameters; /* [owned x columns] of the last forward */
    const float *dense;
    const float *movie_row; /* [movies x dim] output rows of all movies */
} hr_trained_model;

/* Computes the rows of this rank's users that have known ratings; other rows stay.
 *   ratings   this rank's of all users, with values where the model predicts ratings
 *   user_row  [ratings->users x dim]
 * Collective; all ranks return the same status. HR_MEMORY, HR_COMM. */
hr_status hr_fold_in_held_out(const hr_trained_model *trained, const hr_ratings *ratings, float *user_row,
                              hr_error *err);

#endif
