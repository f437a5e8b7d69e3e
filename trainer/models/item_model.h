/* What models of item-item weights have in common: a state that holds this rank's block of rows, checkpoints that keep it,
 * and scores by it (trainer/item_items). Rows of users and movies are those of popular. */
#ifndef HR_TRAINER_MODELS_ITEM_MODEL_H
#define HR_TRAINER_MODELS_ITEM_MODEL_H

#include "trainer/item_items/item_weights.h"
#include "trainer/models/model.h"
#include "trainer/models/rating_scores.h"

/* The state of such a model. */
typedef struct hr_item_model {
    hr_graph_context *graph;
    const hr_model_config *config;
    hr_item_weights weights; /* empty until the model is solved for or resumed */
    int64_t *kept_ptr;       /* what a checkpoint that is being written has of ptr */
} hr_item_model;

/* For the fields of hr_model. */
hr_status hr_item_model_create(void **state, hr_graph_context *graph, const hr_model_config *config,
                               hr_error *err);
void hr_item_model_destroy(void *state);
extern const hr_rating_scores hr_item_model_scores;

/* All rows of the weights that such scores are made of, which they own or the state does. Local. */
const hr_item_weights *hr_item_model_weights(const void *scores);

/* Fills the owned rows: 1 of a user with train ratings, the number of train ratings of a movie. Local. */
void hr_item_model_rows(const hr_item_model *model, float *rows);

#endif
