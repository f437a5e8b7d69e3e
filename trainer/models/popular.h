/* The movies with most train ratings, the same for every user. A row is one number: 1 for a user, the
 * number of train ratings for a movie. */
#ifndef HR_TRAINER_MODELS_POPULAR_H
#define HR_TRAINER_MODELS_POPULAR_H

#include "trainer/models/model.h"

extern const hr_model hr_popular;

/* The check of models whose rows are one number (model.h). */
hr_status hr_popular_check(const hr_model_config *config, hr_error *err);

/* The defaults of a model that counts: one column, one epoch. */
extern const char hr_popular_defaults[];

#endif
