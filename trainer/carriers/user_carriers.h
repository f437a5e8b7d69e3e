/* The carriers of a user's row, of any model (carriers.h). */
#ifndef HR_TRAINER_CARRIERS_USER_CARRIERS_H
#define HR_TRAINER_CARRIERS_USER_CARRIERS_H

#include "trainer/carriers/carriers.h"

/* Whether the user's row carries the model's scores: not those of popular, toprated and content, which do not depend on the
 * user, nor those that are made of ratings (trainer/models/rating_scores.h). */
bool hr_carriers_exist(const hr_explained_model *model);

/* Whether the model reads hr_carriers_find's `parameter`. */
bool hr_carriers_read_parameter(const hr_explained_model *model);

/* Makes the carriers.
 *   parameter  [dim] the user's row of layer 0; of a user whom training did not see, what takes
 *              its place; `own` is then the rest of the row
 * Local. HR_MEMORY; HR_INPUT where a user's equations have no solution. */
hr_status hr_carriers_find(hr_carriers *carriers, const hr_explained_model *model, const hr_subject *subject,
                           const float *parameter, hr_error *err);

#endif
