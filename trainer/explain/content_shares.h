/* What each of a user's movies gives to the content score of another (trainer/scoring/content_similarity.h). The user's
 * profile is a sum of the movies' rows, divided by its length: the cosine with a movie is a sum over the user's movies and
 * over terms, and these are its terms. */
#ifndef HR_TRAINER_EXPLAIN_CONTENT_SHARES_H
#define HR_TRAINER_EXPLAIN_CONTENT_SHARES_H

#include "io/base/error.h"
#include "trainer/scoring/content_similarity.h"

#include <stdint.h>

/* Adds to other [count] what the user's movies give by title words, genres and imported features, and to tags [count]
 * what they give by tags, each multiplied by `factor`.
 *   movie   [count] of the user
 *   target  the movie whose score it is
 * Local. HR_MEMORY. */
hr_status hr_content_shares(const hr_content *content, const int32_t *movie, int64_t count, int64_t target,
                            double factor, double *other, double *tags, hr_error *err);

#endif
