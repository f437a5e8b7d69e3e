#include "io/synth/synth_ratings.h"

#include "io/base/memory.h"
#include "io/base/philox.h"

#include <math.h>

enum { STREAM_USER_BIAS = HR_STREAM_SYNTH + 8, STREAM_MOVIE_BIAS, STREAM_CHANCE };

/* Shares of the variance, as in MovieLens: biases explain about a third of it, tastes a little more. */
static const float user_deviation = 0.42F, movie_deviation = 0.38F;
const float hr_synth_liking_deviation = 0.6F, hr_synth_chance_deviation = 0.75F;

/* The range of the bins; scores beyond it are counted in the outermost bins. */
static const float lowest = -5.0F, highest = 5.0F;

static float bias(uint64_t seed, int stream, int64_t index, float deviation)
{
    const hr_random4 r = hr_philox(seed, (hr_stream)stream, 0, (uint64_t)index);
    return deviation * hr_taste_normal(r.word[0], r.word[1]);
}

float hr_synth_user_bias(uint64_t seed, int64_t user)
{
    return bias(seed, STREAM_USER_BIAS, user, user_deviation);
}

float hr_synth_movie_bias(uint64_t seed, int64_t movie)
{
    return bias(seed, STREAM_MOVIE_BIAS, movie, movie_deviation);
}

static void score_ratings(hr_ratings *r, const hr_taste *taste, const float *movie_bias, uint64_t seed)
{
    for (int64_t u = 0; u < r->users; u++) {
        const float user_bias = hr_synth_user_bias(seed, u);
        for (int64_t i = r->ptr[u]; i < r->ptr[u + 1]; i++)
            r->value[i] = user_bias + movie_bias[r->movie[i]] +
                          hr_synth_liking_deviation * hr_taste_liking(taste, u, r->movie[i]) +
                          bias(seed, STREAM_CHANCE, i, hr_synth_chance_deviation);
    }
}

int hr_synth_bin(float score)
{
    const float bin = (score - lowest) / (highest - lowest) * (float)HR_SYNTH_BINS;
    return bin < 0.0F ? 0 : bin >= (float)HR_SYNTH_BINS ? HR_SYNTH_BINS - 1 : (int)bin;
}

/* `below`, `until`: scores so far and up to the end of the value, in proportion to all. */
void hr_synth_cut_bins(const int64_t *bin_count, const int64_t histogram[HR_SYNTH_VALUES],
                       uint8_t *value_of_bin)
{
    int64_t scores = 0, ratings = 0, below = 0, until = histogram[0];
    int value = 0;
    for (int b = 0; b < HR_SYNTH_BINS; b++)
        scores += bin_count[b];
    for (int v = 0; v < HR_SYNTH_VALUES; v++)
        ratings += histogram[v];
    const double scale = scores == ratings ? 1.0 : (double)ratings / (double)scores;
    for (int b = 0; b < HR_SYNTH_BINS; b++) {
        const double middle = scale * (double)(below + bin_count[b] / 2);
        while (value + 1 < HR_SYNTH_VALUES && middle >= (double)until)
            until += histogram[++value];
        value_of_bin[b] = (uint8_t)value;
        below += bin_count[b];
    }
}

hr_status hr_synth_ratings(hr_ratings *ratings, const hr_taste *taste, const hr_synth_preset *preset,
                           uint64_t seed, hr_error *err)
{
    hr_status status = HR_OK;
    float *movie_bias = NULL;
    int64_t *bin_count = NULL;
    uint8_t *value_of_bin = NULL;
    HR_ALLOC(movie_bias, ratings->movies);
    HR_ALLOC(bin_count, HR_SYNTH_BINS);
    HR_ALLOC(value_of_bin, HR_SYNTH_BINS);
    for (int64_t m = 0; m < ratings->movies; m++)
        movie_bias[m] = hr_synth_movie_bias(seed, m);
    score_ratings(ratings, taste, movie_bias, seed);
    for (int64_t i = 0; i < ratings->count; i++)
        bin_count[hr_synth_bin(ratings->value[i])]++;
    hr_synth_cut_bins(bin_count, preset->histogram, value_of_bin);
    for (int64_t i = 0; i < ratings->count; i++)
        ratings->value[i] = 0.5F * (float)(1 + value_of_bin[hr_synth_bin(ratings->value[i])]);
done:
    free(value_of_bin);
    free(bin_count);
    free(movie_bias);
    return status;
}
