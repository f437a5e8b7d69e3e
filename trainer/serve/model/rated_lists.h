/* The movies that each user has rated, and which part of the data each rating is of, in few bytes: the steps from one movie to the
 * next (steps.h), and two bits of the part. 20 million ratings take some 33 MB, where a file has
 * 100. */
#ifndef HR_TRAINER_SERVE_MODEL_RATED_LISTS_H
#define HR_TRAINER_SERVE_MODEL_RATED_LISTS_H

#include "io/base/error.h"
#include "io/dataset/ratings.h"

#include <stdint.h>

/* Zero-initialise; free with hr_rated_lists_free. */
typedef struct hr_rated_lists {
    int64_t users, movies, capacity;
    int64_t *ptr;    /* [users + 1] the user's bytes begin at ptr[user] */
    int64_t *first;  /* [users + 1] number of the user's first rating */
    uint8_t *step;   /* [capacity] */
    uint8_t *splits; /* an hr_split of each of four ratings in a byte */
} hr_rated_lists;

/* For the users of a dataset, who are added in order, and its movies and ratings. HR_MEMORY. */
hr_status hr_rated_lists_create(hr_rated_lists *lists, int64_t users, int64_t movies, int64_t ratings,
                                hr_error *err);
void hr_rated_lists_free(hr_rated_lists *lists);

/* Adds the users of a slice, number ratings->first_user and those after it. HR_MEMORY. */
hr_status hr_rated_lists_add(hr_rated_lists *lists, const hr_ratings *ratings, hr_error *err);

/* Gives back memory that is not used. Once all are added. */
void hr_rated_lists_finish(hr_rated_lists *lists);

/* How many movies a user has rated. */
int64_t hr_rated_lists_count(const hr_rated_lists *lists, int64_t user);

/* Writes a user's movies, ascending, and the hr_split of each. */
void hr_rated_lists_read(const hr_rated_lists *lists, int64_t user, int32_t *movie, uint8_t *split);

#endif
