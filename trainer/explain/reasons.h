/* The user's movies as reasons, in order, with ratings and what they have in common with the movie that is explained. */
#ifndef HR_TRAINER_EXPLAIN_REASONS_H
#define HR_TRAINER_EXPLAIN_REASONS_H

#include "io/base/error.h"
#include "trainer/explain/explain.h"

/* The ratings of the subject's movies, [subject->count]: the block's or, of a user of the dataset, the dataset's; NaN
 * where there is none, as a newcomer has none of movies that were only liked or opened. Local. HR_INPUT, HR_MEMORY. */
hr_status hr_reasons_read_ratings(hr_h5 *dataset, const hr_explained_user *user, const hr_subject *subject,
                                  float *rating, hr_error *err);

/* Fills the explanation's reasons, genres, tags and mean rating from its movie and the shares [subject->count]; genres and tags
 * are of the first user->most reasons, or of all where it is 0. A newcomer's movie that is explained, as it was opened, is none of
 * its own reasons. Local. HR_MEMORY. */
hr_status hr_reasons_list(const hr_explainer *explainer, const hr_explained_user *user,
                          const hr_subject *subject, const double *share, const float *rating,
                          hr_explanation *explanation, hr_error *err);

#endif
