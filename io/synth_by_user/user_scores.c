#include "io/synth_by_user/user_scores.h"

#include "io/base/philox.h"
#include "io/synth/synth_ratings.h"

enum { STREAM_TIME = HR_STREAM_SYNTH + 13, STREAM_RATING = HR_STREAM_SYNTH + 15 };

/* Four words of a draw give a sum of three that is nearly normal, of variance 1/4, and a time. */
void hr_score_user(const hr_user_scores *scores, const float *position, int64_t before, hr_ratings *r,
                   int64_t user)
{
    enum { FIRST = 820454400, YEARS = 22, SECONDS_A_YEAR = 31557600, SECONDS_A_RATING = 30 };
    const int64_t number = r->first_user + user;
    const hr_random4 start = hr_philox(scores->seed, (hr_stream)STREAM_TIME, 0, (uint64_t)number);
    const int64_t begins =
        FIRST + (int64_t)hr_below64(start.word[0], start.word[1], (uint64_t)YEARS * SECONDS_A_YEAR);
    const uint32_t sitting = (uint32_t)(r->ptr[user + 1] - r->ptr[user]) * SECONDS_A_RATING;
    const float user_bias = hr_synth_user_bias(scores->seed, number);
    for (int64_t i = r->ptr[user]; i < r->ptr[user + 1]; i++) {
        const hr_random4 d = hr_philox(scores->seed, (hr_stream)STREAM_RATING, 0, (uint64_t)(before + i));
        const double chance =
            2.0 * (hr_uniform(d.word[0]) + hr_uniform(d.word[1]) + hr_uniform(d.word[2]) - 1.5);
        r->value[i] = user_bias + scores->movie_bias[r->movie[i]] +
                      hr_synth_chance_deviation * (float)chance +
                      hr_synth_liking_deviation *
                          hr_taste_product(position, scores->taste->movie + r->movie[i] * HR_TASTE_RANK);
        r->time[i] = begins + hr_below(d.word[3], sitting);
    }
}
