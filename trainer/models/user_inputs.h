/* What the row of a user that training did not see is computed of (trainer/fold_in), where output rows do not suffice:
 * matrices of movies' rows, such as the inputs of layers, and weights. */
#ifndef HR_TRAINER_MODELS_USER_INPUTS_H
#define HR_TRAINER_MODELS_USER_INPUTS_H

#include "io/base/error.h"
#include "trainer/models/model_config.h"

#include <stdint.h>

/* A model's functions for it, after its forward. */
typedef struct hr_user_inputs {
    /* The number of matrices. */
    int64_t (*matrices)(const hr_model_config *config);

    /* Writes the owned movies' rows of one matrix, into `rows` [owned x columns]; users' rows are left.
     *   parameters  those of the last forward
     * Collective. */
    hr_status (*matrix)(void *state, int64_t number, const float *parameters, float *rows, hr_error *err);

    /* The number of weights, and the weights. NULL for a model without. Local. */
    int64_t (*weight_count)(const hr_model_config *config);
    void (*copy_weights)(void *state, const float *dense, float *weights);
} hr_user_inputs;

#endif
