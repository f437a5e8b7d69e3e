/* What is explained: a trained model, and one of its users. */
#ifndef HR_TRAINER_CARRIERS_SUBJECT_H
#define HR_TRAINER_CARRIERS_SUBJECT_H

#include "io/base/error.h"
#include "trainer/fold_in/fold_in.h"
#include "trainer/loss/mlp.h"
#include "trainer/models/model_config.h"
#include "trainer/scoring/user_block.h"

#include <stdbool.h>
#include <stdint.h>

/* What a model says of users and movies. The members belong to the caller. */
typedef struct hr_explained_model {
    int number; /* of those that a block of users has rows of */
    const hr_model_config *config;
    const hr_mlp_shape *mlp; /* without layers where dot products score */
    const float *weights;    /* of the MLP */
    int64_t movies;
    const float *movie_row;    /* [movies x config->dim] output rows */
    const hr_fold_in *fold_in; /* of the same model */
    double mean_rating;        /* of train, where scores are ratings */
} hr_explained_model;

/* Whether it is the model of that name. */
bool hr_explained_is(const hr_explained_model *model, const char *name);

/* Whether columns 0 and 1 are biases (trainer/layers/bias_columns.h). */
bool hr_explained_has_biases(const hr_explained_model *model);

/* A user, and what the model knows the user by: train ratings, or known ones of a user whom training did not see.
 * Zero-initialise; free with hr_subject_free. */
typedef struct hr_subject {
    bool is_unseen;   /* by training */
    const float *row; /* [dim] the output row, the block's */
    int64_t count;    /* movies */
    int32_t *movie;   /* [count] ascending */
    float *value;     /* [count] ratings; 1 where the block has none */
    uint8_t *counts;  /* [count] 0 for a movie that a newcomer dislikes, where the model leaves such out */
    int64_t counted;  /* how many are not left out */
} hr_subject;

/* The user number `index` of the block, which must outlive it. Local. HR_MEMORY. */
hr_status hr_subject_create(hr_subject *subject, const hr_explained_model *model, const hr_user_block *block,
                            int64_t index, hr_error *err);
void hr_subject_free(hr_subject *subject);

#endif
