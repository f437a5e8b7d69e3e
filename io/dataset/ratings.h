/* Who rated what: ratings in user order, compressed by user (CSR).
 *
 * Users and movies are numbered 0, 1, 2, … in ascending order of their original ids; the numbers are what
 * the rest of the program calls a user and a movie. */
#ifndef HR_IO_DATASET_RATINGS_H
#define HR_IO_DATASET_RATINGS_H

#include "io/base/error.h"

#include <stdbool.h>
#include <stdint.h>

/* Which part of the data a rating belongs to; the values are part of the file format. */
typedef enum hr_split { HR_TRAIN = 0, HR_VALID = 1, HR_TEST = 2 } hr_split;

/* The ratings of `users` consecutive users, all of them or a slice. Zero-initialise before use. */
typedef struct hr_ratings {
    int64_t first_user; /* number of the first user here */
    int64_t users;
    int64_t movies; /* of the whole dataset */
    int64_t count;  /* ratings here: ptr[users] */
    int64_t *ptr;   /* [users + 1] the ratings of user first_user + i are ptr[i] … ptr[i + 1] - 1 */
    int32_t *movie; /* [count] ascending within a user, no movie twice */
    float *value;   /* [count] the rating, or NULL where a slice was read without them */
    int64_t *time;  /* [count] seconds since 1970, 0 where unknown, or NULL likewise */
    uint8_t *split; /* [count] an hr_split */
} hr_ratings;

/* Frees what it holds and leaves it empty. */
void hr_ratings_free(hr_ratings *ratings);

/* Whether all that is stated of the members holds for a user's ratings: their offsets, ids, order and
 * splits. */
bool hr_ratings_user_is_valid(const hr_ratings *ratings, int64_t user);

/* Whether it holds for all users. For assert(). */
bool hr_ratings_is_valid(const hr_ratings *ratings);

/* Fills counts[0 … 2] with the number of ratings in train, valid and test. */
void hr_ratings_count_splits(const hr_ratings *ratings, int64_t counts[3]);

#endif
