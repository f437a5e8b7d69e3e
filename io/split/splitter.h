/* A split under way, as the files of this room share it. */
#ifndef HR_IO_SPLIT_SPLITTER_H
#define HR_IO_SPLIT_SPLITTER_H

#include "io/base/error.h"
#include "io/base/philox.h"
#include "io/base/sort.h"
#include "io/comm/comm.h"
#include "io/dataset/ratings.h"
#include "io/split/split_rule.h"

#include <stdint.h>

/* On one rank. */
typedef struct hr_splitter {
    const hr_comm *comm;
    hr_ratings *ratings;
    const hr_split_rule *rule;
    uint64_t seed;
    int64_t last[3];   /* time: the last of train and of valid. users: the highest key in test and in valid */
    int64_t *user_key; /* users: [ratings->users], INT64_MIN for those that cannot be held out */
} hr_splitter;

/* The random numbers of one rating, or of a user: numbers of movies are below 2^31, those of other draws are
 * not. */
#define HR_DRAW_ROUNDING (UINT32_C(1) << 31)
#define HR_DRAW_USER (HR_DRAW_ROUNDING + 1)

static inline hr_random4 hr_split_draw(const hr_splitter *s, int64_t user, uint32_t number)
{
    return hr_philox(s->seed, HR_STREAM_SPLIT, number, (uint64_t)(s->ratings->first_user + user));
}

/* A random key that is not negative. */
static inline int64_t hr_split_key(hr_random4 random)
{
    return (int64_t)(((uint64_t)random.word[0] << 32 | random.word[1]) >> 1);
}

/* Each splits the ratings of one user; `order` has room for them. Local. */
typedef void hr_split_user(const hr_splitter *s, int64_t user, hr_keyed *order);
hr_split_user hr_split_in_pieces, hr_split_each_rating, hr_split_last_off, hr_split_by_time;

/* Draws s->user_key, and finds up to which key users are tested and valid. Collective. HR_USAGE, HR_COMM. */
hr_status hr_split_draw_users(hr_splitter *s, hr_error *err);

/* Whether some rating has a time. Collective. HR_INPUT where none has, HR_COMM. */
hr_status hr_split_check_times(const hr_splitter *s, int64_t *timed, hr_error *err);

/* Finds the last times of train and of valid. Collective. HR_INPUT where no rating has a time, HR_COMM. */
hr_status hr_split_find_times(hr_splitter *s, hr_error *err);

#endif
