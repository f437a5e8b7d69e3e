/* Who rated what: ratings in user order, compressed by user (CSR).
 *
 * Users and movies are numbered 0, 1, 2, … in ascending order of their original ids; the numbers are what
 * the rest of the program calls a user and a movie. */
#ifndef HR_IO_DATASET_RATINGS_H
#define HR_IO_DATASET_RATINGS_H

#include "io/base/error.h"

#include <stdbool.h>
#include <stdint.h>

/* Which part of the data a rating belongs to; the values are part of the file format. Only train ratings are edges.
 * HR_KNOWN is of users that training does not see: neither trained on nor judged, but known when the user's other
 * ratings are judged. */
typedef enum hr_split { HR_TRAIN = 0, HR_VALID = 1, HR_TEST = 2, HR_KNOWN = 3 } hr_split;
enum { HR_SPLITS = 4, HR_SPLIT_RULE_LENGTH = 96 };

/* A time that is not known. */
#define HR_NO_TIME INT64_MIN

/* "train", "valid", "test", "known", as attributes of a dataset file. */
extern const char *const hr_split_names[HR_SPLITS];

/* The ratings of `users` consecutive users, all of them or a slice. Zero-initialise before use. */
typedef struct hr_ratings {
    int64_t first_user; /* number of the first user here */
    int64_t users;
    int64_t movies; /* of the whole dataset */
    int64_t count;  /* ratings here: ptr[users] */
    int64_t *ptr;   /* [users + 1] the ratings of user first_user + i are ptr[i] … ptr[i + 1] - 1 */
    int32_t *movie; /* [count] ascending within a user, no movie twice */
    float *value;   /* [count] the rating, or NULL where a slice was read without them */
    int64_t *time;  /* [count] seconds since 1970, HR_NO_TIME where unknown, or NULL likewise */
    uint8_t *split; /* [count] an hr_split */
} hr_ratings;

/* Frees what it holds and leaves it empty. */
void hr_ratings_free(hr_ratings *ratings);

/* Whether all that is stated of the members holds for a user's ratings: their offsets, ids, order and
 * splits. */
bool hr_ratings_user_is_valid(const hr_ratings *ratings, int64_t user);

/* Whether it holds for all users. For assert(). */
bool hr_ratings_is_valid(const hr_ratings *ratings);

/* Fills counts with the number of ratings in train, valid, test and known. */
void hr_ratings_count_splits(const hr_ratings *ratings, int64_t counts[HR_SPLITS]);

/* Whether a rating is known when `held_out`, valid or test, is judged: train and known, and valid before test. Known
 * movies are no candidates. */
bool hr_split_is_known(uint8_t split, hr_split held_out);

/* Whether --valid `share` keeps this train rating back: a fixed function of its arguments, so that every
 * rank and every later command holds out the same ones. */
bool hr_split_holdout(int64_t user, int32_t movie, double share);

#endif
