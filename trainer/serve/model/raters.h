/* Who has rated each movie in train, in few bytes: made of the lists of what each user has rated, when it is first asked for. Passes
 * over the users who have rated some movies read these alone. */
#ifndef HR_TRAINER_SERVE_MODEL_RATERS_H
#define HR_TRAINER_SERVE_MODEL_RATERS_H

#include "io/dataset/rating_pass.h"
#include "trainer/serve/model/rated_lists.h"

/* Zero-initialise; free with hr_raters_free. Constant once it is made. */
typedef struct hr_raters {
    const hr_rated_lists *lists;
    int64_t most;  /* movies that a user has rated, at most */
    int64_t *ptr;  /* [movies + 1] the movie's bytes begin at ptr[movie] */
    uint8_t *step; /* from one user to the next */
} hr_raters;

/* The lists outlive it. HR_MEMORY. */
hr_status hr_raters_create(hr_raters *raters, const hr_rated_lists *lists, hr_error *err);
void hr_raters_free(hr_raters *raters);

/* A pass of it, without values; it outlives the pass. */
hr_rating_pass hr_raters_pass(const hr_raters *raters);

#endif
