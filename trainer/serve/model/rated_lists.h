/* The movies that each user has rated, in few bytes: the steps from one to the next, each in as many bytes as it needs (LEB128).
 * 20 million ratings take some 28 MB, a third of their numbers. */
#ifndef HR_TRAINER_SERVE_MODEL_RATED_LISTS_H
#define HR_TRAINER_SERVE_MODEL_RATED_LISTS_H

#include "io/base/error.h"
#include "io/dataset/ratings.h"

#include <stdint.h>

/* Zero-initialise; free with hr_rated_lists_free. */
typedef struct hr_rated_lists {
    int64_t users, capacity;
    int64_t *ptr;   /* [users + 1] the user's bytes begin at ptr[user] */
    int64_t *count; /* [users] movies */
    uint8_t *step;  /* [capacity] */
} hr_rated_lists;

/* For so many users, who are added in order. HR_MEMORY. */
hr_status hr_rated_lists_create(hr_rated_lists *lists, int64_t users, hr_error *err);
void hr_rated_lists_free(hr_rated_lists *lists);

/* Adds the users of a slice, number ratings->first_user and those after it. HR_MEMORY. */
hr_status hr_rated_lists_add(hr_rated_lists *lists, const hr_ratings *ratings, hr_error *err);

/* Gives back memory that is not used. Once all are added. */
void hr_rated_lists_finish(hr_rated_lists *lists);

/* Writes a user's movies, ascending, count[user] of them. */
void hr_rated_lists_read(const hr_rated_lists *lists, int64_t user, int32_t *movie);

#endif
