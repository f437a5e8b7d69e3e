/* The list of recommendations for one user of the dataset, from a checkpoint. */
#ifndef HR_TRAINER_RECOMMEND_RECOMMEND_H
#define HR_TRAINER_RECOMMEND_RECOMMEND_H

#include "io/base/error.h"
#include "io/base/strings.h"
#include "io/dataset/ids.h"

#include <stdint.h>

/* The best movies, best first. Zero-initialise; free with hr_recommendations_free. */
typedef struct hr_recommendations {
    int64_t count;
    hr_ids user;  /* the one user's original id */
    hr_ids id;    /* [count] original movie ids, best first */
    float *score; /* [count] */
    hr_strings title, genres;
} hr_recommendations;

/* Scores every movie for the user whose original id is written `user_id` by the checkpoint's output rows and keeps the
 * `top` best that the user has not rated, in train, valid or test. Fewer where fewer are left. A `diversity`
 * above 0 re-ranks them (mmr.h). One process. HR_INPUT for an unknown user, or a checkpoint of another
 * dataset; HR_USAGE for a diversity where the dataset has neither genres nor tags. */
hr_status hr_recommend(const char *checkpoint, const char *dataset, const char *user_id, int64_t top,
                       double diversity, hr_recommendations *best, hr_error *err);

void hr_recommendations_free(hr_recommendations *best);

#endif
