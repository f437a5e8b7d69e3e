#include "io/synth/synth_ratings.h"

#include "io/base/memory.h"
#include "io/base/philox.h"

#include <math.h>

enum { STREAM_USER_BIAS = HR_STREAM_SYNTH + 8, STREAM_MOVIE_BIAS, STREAM_CHANCE };
enum { BINS = 1 << 18, VALUES = 10 };

/* Shares of the variance, as in MovieLens: biases explain about a third of it, tastes a little more. */
static const float user_deviation = 0.42F, movie_deviation = 0.38F, liking_deviation = 0.6F,
                   chance_deviation = 0.75F;

/* The range of the bins; scores beyond it are counted in the outermost bins. */
static const float lowest = -5.0F, highest = 5.0F;

static float bias(uint64_t seed, int stream, int64_t index, float deviation)
{
    const hr_random4 r = hr_philox(seed, (hr_stream)stream, 0, (uint64_t)index);
    return deviation * hr_taste_normal(r.word[0], r.word[1]);
}

static void score_ratings(hr_ratings *r, const hr_taste *taste, const float *movie_bias, uint64_t seed)
{
    for (int64_t u = 0; u < r->users; u++) {
        const float user_bias = bias(seed, STREAM_USER_BIAS, u, user_deviation);
        for (int64_t i = r->ptr[u]; i < r->ptr[u + 1]; i++)
            r->value[i] = user_bias + movie_bias[r->movie[i]] +
                          liking_deviation * hr_taste_liking(taste, u, r->movie[i]) +
                          bias(seed, STREAM_CHANCE, i, chance_deviation);
    }
}

static int bin_of(float score)
{
    const float bin = (score - lowest) / (highest - lowest) * (float)BINS;
    return bin < 0.0F ? 0 : bin >= (float)BINS ? BINS - 1 : (int)bin;
}

/* The value that each bin of scores gets: the lowest scores get the lowest value, and each value occurs as
 * often as the histogram says. */
static void cut_bins(const int64_t *bin_count, const hr_synth_preset *preset, uint8_t *value_of_bin)
{
    int64_t below = 0, until = preset->histogram[0];
    int value = 0;
    for (int b = 0; b < BINS; b++) {
        while (value + 1 < VALUES && below + bin_count[b] / 2 >= until)
            until += preset->histogram[++value];
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
    HR_ALLOC(bin_count, BINS);
    HR_ALLOC(value_of_bin, BINS);
    for (int64_t m = 0; m < ratings->movies; m++)
        movie_bias[m] = bias(seed, STREAM_MOVIE_BIAS, m, movie_deviation);
    score_ratings(ratings, taste, movie_bias, seed);
    for (int64_t i = 0; i < ratings->count; i++)
        bin_count[bin_of(ratings->value[i])]++;
    cut_bins(bin_count, preset, value_of_bin);
    for (int64_t i = 0; i < ratings->count; i++)
        ratings->value[i] = 0.5F * (float)(1 + value_of_bin[bin_of(ratings->value[i])]);
done:
    free(value_of_bin);
    free(bin_count);
    free(movie_bias);
    return status;
}
