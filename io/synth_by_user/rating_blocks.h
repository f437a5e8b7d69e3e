/* Synthetic ratings of any number, made a block of users at a time, on any thread and rank the same. */
#ifndef HR_IO_SYNTH_BY_USER_RATING_BLOCKS_H
#define HR_IO_SYNTH_BY_USER_RATING_BLOCKS_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/dataset/ratings.h"
#include "io/synth/synth.h"
#include "io/synth_by_user/user_lists.h"
#include "io/synth_by_user/user_scores.h"

#include <stdint.h>

/* What blocks are made from: a number a user, and some numbers a movie, on each rank. Zero-initialise; free with
 * hr_rating_blocks_free. Must stay where it is. */
typedef struct hr_rating_blocks {
    const hr_synth_preset *preset;
    uint64_t seed;
    hr_taste taste; /* of the movies */
    hr_draw_weights weights;
    hr_user_lists lists;
    hr_user_scores scores;
    int64_t *user_ptr;     /* [users + 1] */
    int32_t *rated;        /* [movies_rated] */
    float *movie_bias;     /* [movies] */
    uint8_t *value_of_bin; /* [HR_SYNTH_BINS] */
    hr_list_workspace *workspace;
    int threads;
    int32_t *movie; /* of the block, which the next one overwrites: [capacity] */
    float *value;
    int64_t *time;
    uint8_t *split;
    int64_t *ptr; /* [users of the block + 1] */
    int64_t capacity, ptr_capacity;
} hr_rating_blocks;

/* Collective; all ranks return the same. HR_USAGE where the numbers are too few or too many for each other; HR_MEMORY.
 */
hr_status hr_rating_blocks_create(hr_rating_blocks *blocks, const hr_comm *comm,
                                  const hr_synth_preset *preset, uint64_t seed, hr_error *err);
void hr_rating_blocks_free(hr_rating_blocks *blocks);

/* Makes the ratings of consecutive users: *ratings, until the next call; all are HR_TRAIN. Local, on all threads.
 * HR_MEMORY. */
hr_status hr_rating_blocks_make(hr_rating_blocks *blocks, int64_t first_user, int64_t users,
                                hr_ratings *ratings, hr_error *err);

#endif
