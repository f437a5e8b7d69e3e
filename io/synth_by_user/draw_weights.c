#include "io/synth_by_user/draw_weights.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/synth_by_user/alias.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { MOVIES_A_GROUP = 32, LEVELS = 96, LEVEL_OF_ONE = 12, ROUNDS = 40 };

/* Beyond it the lists of like-minded users would be the same. */
static const float taste_weight = 5.0F;

void hr_draw_affinity(const hr_draw_weights *w, const float position[HR_TASTE_RANK], double *affinity)
{
    for (int g = 0; g < w->groups; g++)
        affinity[g] = exp((double)(taste_weight * hr_taste_product(position, w->centre[g])));
}

/* The first movies are the centres: movies are in no order of taste. */
static hr_status group_movies(hr_draw_weights *w, const hr_taste *taste, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t groups = taste->movies / MOVIES_A_GROUP;
    w->movies = taste->movies;
    w->groups = groups < 1 ? 1 : groups > HR_DRAW_GROUPS ? HR_DRAW_GROUPS : (int)groups;
    HR_ALLOC(w->group, w->movies);
    HR_ALLOC(w->movie, w->movies);
    memcpy(w->centre, taste->movie, (size_t)w->groups * sizeof w->centre[0]);
#pragma omp parallel for schedule(static)
    for (int64_t m = 0; m < w->movies; m++) {
        float nearest = -2.0F;
        for (int g = 0; g < w->groups; g++) {
            const float liking = hr_taste_product(taste->movie + m * HR_TASTE_RANK, w->centre[g]);
            w->group[m] = liking > nearest ? g : w->group[m];
            nearest = fmaxf(nearest, liking);
        }
    }
    hr_counting_sort(w->group, w->movies, w->groups, w->ptr, w->movie);
done:
    return status;
}

/* Movies of one group that are about as popular, from one half octave to the next. */
typedef struct bin {
    int group;
    double movies, wanted; /* how many, and their mean number of ratings */
    double weight;
    double expected; /* ratings of one, by the weights so far */
} bin;

static int bin_of(const hr_draw_weights *w, const double *wanted, int64_t movie)
{
    const int level = LEVEL_OF_ONE + (int)floor(2.0 * log2(wanted[movie]));
    return w->group[movie] * LEVELS + (level < 0 ? 0 : level < LEVELS ? level : LEVELS - 1);
}

static void fill_bins(const hr_draw_weights *w, const double *wanted, bin *bins)
{
    double total = 0.0;
    for (int64_t m = 0; m < w->movies; m++) {
        total += wanted[m];
        if (wanted[m] > 0.0) {
            bin *b = &bins[bin_of(w, wanted, m)];
            b->movies += 1.0;
            b->wanted += wanted[m];
        }
    }
    for (int b = 0; b < w->groups * LEVELS; b++) {
        bins[b].group = b / LEVELS;
        bins[b].wanted = bins[b].movies > 0.0 ? bins[b].wanted / bins[b].movies : 0.0;
        bins[b].weight = bins[b].wanted / total;
    }
}

/* The fixed point that is looked for. */
typedef struct calibration {
    const hr_draw_sample *sample;
    int groups, bins;
    bin *bin;         /* [bins] those with movies */
    double *affinity; /* [users x groups], scaled so that the weights of all movies sum up to 1 */
    double *time;     /* [users] t of the formula */
} calibration;

static hr_status begin(calibration *c, const hr_draw_weights *w, hr_error *err)
{
    hr_status status = HR_OK;
    c->groups = w->groups;
    HR_ALLOC(c->affinity, c->sample->users * c->groups);
    HR_ALLOC(c->time, c->sample->users);
    for (int64_t s = 0; s < c->sample->users; s++) {
        double *affinity = c->affinity + s * c->groups, sum = 0.0;
        hr_draw_affinity(w, c->sample->position[s], affinity);
        for (int b = 0; b < c->bins; b++)
            sum += c->bin[b].movies * c->bin[b].weight * affinity[c->bin[b].group];
        for (int g = 0; g < c->groups; g++)
            affinity[g] /= sum;
        c->time[s] = c->sample->degree[s];
    }
done:
    return status;
}

/* A step of Newton's towards the time by which the user has its number of ratings; in the logarithm, so that it stays
 * above 0. */
static void move_time(calibration *c, int64_t user)
{
    const double *affinity = c->affinity + user * c->groups, time = c->time[user];
    double drawn = 0.0, derivative = 0.0;
    for (int b = 0; b < c->bins; b++) {
        const double rate = affinity[c->bin[b].group] * c->bin[b].weight, left = exp(-time * rate);
        drawn += c->bin[b].movies * (1.0 - left);
        derivative += c->bin[b].movies * rate * time * left;
    }
    const double step = (c->sample->degree[user] - drawn) / fmax(derivative, 1e-9);
    c->time[user] = time * exp(fmin(1.0, fmax(-1.0, step)));
}

static void scale_weight(calibration *c, bin *b)
{
    double expected = 0.0;
    for (int64_t s = 0; s < c->sample->users; s++)
        expected += c->sample->stands_for[s] *
                    (1.0 - exp(-c->time[s] * c->affinity[s * c->groups + b->group] * b->weight));
    b->weight *= fmin(4.0, fmax(0.25, b->wanted / fmax(expected, 1e-9)));
}

static hr_status calibrate(const hr_draw_weights *w, bin *bins, const hr_draw_sample *sample, hr_error *err)
{
    hr_status status = HR_OK;
    calibration c = {.sample = sample, .bin = NULL};
    HR_ALLOC(c.bin, w->groups * LEVELS);
    for (int b = 0; b < w->groups * LEVELS; b++)
        if (bins[b].movies > 0.0)
            c.bin[c.bins++] = bins[b];
    HR_TRY(begin(&c, w, err));
    for (int round = 0; round < ROUNDS; round++) {
#pragma omp parallel
        {
#pragma omp for schedule(static)
            for (int64_t s = 0; s < sample->users; s++)
                move_time(&c, s);
#pragma omp for schedule(static)
            for (int b = 0; b < c.bins; b++)
                scale_weight(&c, &c.bin[b]);
        }
    }
    for (int b = 0, next = 0; b < w->groups * LEVELS; b++)
        bins[b].weight = bins[b].movies > 0.0 ? c.bin[next++].weight : 0.0;
done:
    free(c.time);
    free(c.affinity);
    free(c.bin);
    return status;
}

static hr_status make_tables(hr_draw_weights *w, hr_error *err)
{
    hr_status status = HR_OK;
    double *share = NULL;
    int32_t *stack = NULL;
    HR_ALLOC(share, w->movies);
    HR_ALLOC(stack, w->movies);
    HR_ALLOC(w->stay, w->movies);
    HR_ALLOC(w->alias, w->movies);
    for (int g = 0; g < w->groups; g++) {
        for (int64_t i = w->ptr[g]; i < w->ptr[g + 1]; i++)
            w->group_weight[g] += w->weight[w->movie[i]];
        const int64_t first = w->ptr[g], count = w->ptr[g + 1] - first;
        for (int64_t i = 0; i < count; i++)
            share[i] = w->weight[w->movie[first + i]] * (double)count / w->group_weight[g];
        if (w->group_weight[g] > 0.0)
            hr_alias_make(share, count, w->stay + first, w->alias + first, stack);
    }
done:
    free(stack);
    free(share);
    return status;
}

hr_status hr_draw_weights_make(hr_draw_weights *w, const hr_taste *taste, const double *wanted,
                               const hr_draw_sample *sample, hr_error *err)
{
    hr_status status = HR_OK;
    bin *bins = NULL;
    HR_TRY(group_movies(w, taste, err));
    HR_ALLOC(bins, w->groups * LEVELS);
    HR_ALLOC(w->weight, w->movies);
    fill_bins(w, wanted, bins);
    HR_TRY(calibrate(w, bins, sample, err));
    for (int64_t m = 0; m < w->movies; m++) {
        const bin *b = wanted[m] > 0.0 ? &bins[bin_of(w, wanted, m)] : NULL;
        w->weight[m] = b ? b->weight * wanted[m] / b->wanted : 0.0;
    }
    HR_TRY(make_tables(w, err));
done:
    free(bins);
    return status;
}

void hr_draw_weights_free(hr_draw_weights *w)
{
    free(w->movie);
    free(w->group);
    free(w->weight);
    free(w->stay);
    free(w->alias);
    *w = (hr_draw_weights){0};
}
