/* How likely movies are to be drawn, user by user, so that each gets its number of ratings in the mean.
 *
 * Movies are in groups, by the nearest of a few positions in the taste space. A user draws a group by
 *
 *     exp(taste_weight x liking of the group's position) x sum of the group's weights,
 *
 * and a movie of the group by weight, until there are as many different ones as the user rates. Weights are worked
 * out for that: a movie of weight w is in a user's list with probability 1 - exp(-t w exp(…)), where t is what gives
 * the user's number of ratings (successive sampling; Rosen, "Asymptotic theory for successive sampling", 1972). They
 * are scaled, for movies of a group of about one popularity at a time, until a sample of users has the numbers that
 * are asked for. */
#ifndef HR_IO_SYNTH_BY_USER_DRAW_WEIGHTS_H
#define HR_IO_SYNTH_BY_USER_DRAW_WEIGHTS_H

#include "io/base/error.h"
#include "io/synth/synth_taste.h"

#include <stdint.h>

enum { HR_DRAW_GROUPS = 64 };

/* Zero-initialise; free with hr_draw_weights_free. */
typedef struct hr_draw_weights {
    int groups;                                  /* at most HR_DRAW_GROUPS */
    float centre[HR_DRAW_GROUPS][HR_TASTE_RANK]; /* positions of groups */
    double group_weight[HR_DRAW_GROUPS];         /* sums of their weights */
    int64_t movies;
    int64_t ptr[HR_DRAW_GROUPS + 1]; /* group g has movies movie[ptr[g]] … movie[ptr[g + 1] - 1] */
    int64_t *movie;                  /* [movies] */
    int32_t *group;                  /* [movies] of a movie */
    double *weight;                  /* [movies] of a movie; 0 where it is not to be rated */
    uint32_t *stay; /* [movies] alias tables of the groups, in the order of `movie` (Walker 1977): */
    int32_t *alias; /* place i stays with probability stay[i] / 2^32, else is ptr[g] + alias[i] */
} hr_draw_weights;

/* Users as the weights are worked out for them: of each, the position and the number of ratings to draw, and how many
 * users it stands for. */
typedef struct hr_draw_sample {
    int64_t users;
    float (*position)[HR_TASTE_RANK];
    double *degree, *stands_for;
} hr_draw_sample;

/* Works out the weights.
 *   wanted  [movies] mean number of ratings to draw; 0 for none
 * Each process by itself, on all threads; the same on any number of them. HR_MEMORY. */
hr_status hr_draw_weights_make(hr_draw_weights *weights, const hr_taste *taste, const double *wanted,
                               const hr_draw_sample *sample, hr_error *err);
void hr_draw_weights_free(hr_draw_weights *weights);

/* How much likelier than others a group is for a user: affinity [groups]. */
void hr_draw_affinity(const hr_draw_weights *weights, const float position[HR_TASTE_RANK], double *affinity);

#endif
