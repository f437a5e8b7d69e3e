/* The movies with most train ratings, the same for everybody. A row is one number: 1 for a user, the count
 * for a movie. */
#ifndef HR_TRAINER_MODELS_POPULAR_H
#define HR_TRAINER_MODELS_POPULAR_H

#include "trainer/models/model.h"

extern const hr_model hr_popular;

/* Whether rows are of one number, as such models have them. HR_USAGE otherwise. */
hr_status hr_popular_check(const char *model, const hr_train_options *options, hr_error *err);

/* The defaults of a model that is counted: one column, one epoch. */
void hr_popular_defaults(hr_train_options *options);

#endif
