/* Which users an evaluation is of. */
#ifndef HR_TRAINER_SCORING_USER_SAMPLE_H
#define HR_TRAINER_SCORING_USER_SAMPLE_H

#include "io/base/philox.h"

#include <stdbool.h>
#include <stdint.h>

/* All zeros: every user is in the sample. */
typedef struct hr_user_sample {
    double left_out; /* share of users that are not in it */
    uint64_t seed;
} hr_user_sample;

/* About `wanted` of so many users, each with the same chance; all of them where wanted is 0 or as many. */
static inline hr_user_sample hr_user_sample_of(int64_t wanted, int64_t users, uint64_t seed)
{
    const bool all = wanted <= 0 || wanted >= users;
    return (hr_user_sample){all ? 0.0 : 1.0 - (double)wanted / (double)users, seed};
}

/* Whether the user of this global number is in the sample: the same on any rank and in each evaluation. */
static inline bool hr_user_is_sampled(const hr_user_sample *sample, int64_t user)
{
    const hr_random4 draw = hr_philox(sample->seed, HR_STREAM_EVALUATED, 0, (uint64_t)user);
    return hr_uniform(draw.word[0]) >= sample->left_out;
}

#endif
