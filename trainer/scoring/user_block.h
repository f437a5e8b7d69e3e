/* Users to be scored: their output rows, by each model that scores them, and what they have rated. Known ones are read; of a
 * newcomer both are made otherwise. */
#ifndef HR_TRAINER_SCORING_USER_BLOCK_H
#define HR_TRAINER_SCORING_USER_BLOCK_H

#include "io/base/error.h"
#include "io/checkpoint/checkpoint.h"
#include "io/dataset/dataset.h"
#include "io/dataset/ids.h"
#include "trainer/config/scoring_config.h"

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise; free with hr_user_block_free. */
typedef struct hr_user_block {
    int64_t users;
    hr_ids id; /* [users] original ids, or empty for newcomers */
    hr_ratings
        ratings; /* of the users, with splits, whose first_user says nothing; a newcomer's are HR_KNOWN */
    /* [ratings.count] of newcomers: the ratings that they gave, NaN for movies that they only liked, disliked or opened; NULL of
     * others */
    float *given;
    float *row[HR_MIXTURE_MODELS]; /* [users x dim] of each model, or NULL */
} hr_user_block;

void hr_user_block_free(hr_user_block *block);

/* Where users are read from; the files are open. */
typedef struct hr_user_source {
    hr_h5 *checkpoint, *dataset;
    hr_checkpoint_summary summary;
    double valid;      /* share of train that is held out for validation (hr_dataset_read_slice) */
    bool wants_values; /* whether the ratings' values are read */
} hr_user_source;

/* Reads any users by their numbers, in any order, a user as often as it is named, with rows of the models of `sources`, whose
 * dataset is the first's. Users with nearby numbers are read together. Local. HR_INPUT where a file is damaged, HR_MEMORY. */
hr_status hr_user_block_read(hr_user_block *block, const hr_user_source *const *source, int sources,
                             const int64_t *user, int64_t users, hr_error *err);

/* Reads the rows of users first … first + users - 1 into *row [users x dim], the caller's to free. Local. HR_INPUT,
 * HR_MEMORY. */
hr_status hr_user_rows_read(float **row, const hr_user_source *source, int64_t first, int64_t users,
                            hr_error *err);

#endif
