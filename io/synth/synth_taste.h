/* A low-rank space of tastes: positions of the genres, movies and users of the synthetic data. */
#ifndef HR_IO_SYNTH_SYNTH_TASTE_H
#define HR_IO_SYNTH_SYNTH_TASTE_H

#include "io/base/error.h"
#include "io/synth/synth_titles.h"

#include <stdint.h>

enum { HR_TASTE_RANK = 6 };

/* Zero-initialise; free with hr_taste_free. Positions are of about unit length, so that a dot product of a
 * user's and a movie's is a correlation of their tastes. */
typedef struct hr_taste {
    int64_t users, movies;
    float genre[HR_SYNTH_GENRES][HR_TASTE_RANK];
    float *user;      /* [users x HR_TASTE_RANK] */
    float *movie;     /* [movies x HR_TASTE_RANK] */
    uint64_t *genres; /* [movies] one to three of hr_titles_genre_names, as bits */
} hr_taste;

/* Draws genres by how common they are, movies near the mean of their genres, users near a few genres of their
 * liking. HR_MEMORY. */
hr_status hr_taste_make(hr_taste *taste, int64_t users, int64_t movies, uint64_t seed, hr_error *err);
void hr_taste_free(hr_taste *taste);

/* The same without users, and the position of one user: the same as in the whole. HR_MEMORY. */
hr_status hr_taste_make_movies(hr_taste *taste, int64_t movies, uint64_t seed, hr_error *err);
void hr_taste_draw_user(const hr_taste *taste, int64_t user, uint64_t seed, float position[HR_TASTE_RANK]);

static inline float hr_taste_product(const float *a, const float *b)
{
    float sum = 0.0F;
    for (int k = 0; k < HR_TASTE_RANK; k++)
        sum += a[k] * b[k];
    return sum;
}

/* How much a user likes a movie. */
static inline float hr_taste_liking(const hr_taste *taste, int64_t user, int64_t movie)
{
    return hr_taste_product(taste->user + user * HR_TASTE_RANK, taste->movie + movie * HR_TASTE_RANK);
}

/* A normal number from two uniform words. */
float hr_taste_normal(uint32_t a, uint32_t b);

#endif
