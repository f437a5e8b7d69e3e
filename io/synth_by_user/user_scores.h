/* How a user likes what is in its list, and when it says so. */
#ifndef HR_IO_SYNTH_BY_USER_USER_SCORES_H
#define HR_IO_SYNTH_BY_USER_USER_SCORES_H

#include "io/dataset/ratings.h"
#include "io/synth/synth_taste.h"

#include <stdint.h>

/* What scores depend on; all is the caller's. */
typedef struct hr_user_scores {
    const hr_taste *taste;   /* of the movies */
    const float *movie_bias; /* [movies] */
    uint64_t seed;
} hr_user_scores;

/* Writes times, and scores in the place of values, of a user of the slice (counted from its first), as io/synth has
 * them: biases, liking and chance, before they are cut into values.
 *   position  of the user's taste
 *   before    ratings of all users before the slice */
void hr_score_user(const hr_user_scores *scores, const float *position, int64_t before, hr_ratings *slice,
                   int64_t user);

#endif
