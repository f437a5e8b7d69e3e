#include "io/synth/synth_taste.h"

#include "io/base/memory.h"
#include "io/base/philox.h"

#include <math.h>

enum { STREAM_GENRE = HR_STREAM_SYNTH, STREAM_MOVIE, STREAM_MOVIE_GENRES, STREAM_USER, STREAM_USER_GENRES };
enum { LIKED_GENRES = 2, MOST_GENRES = 3 };

/* How much of a position comes from genres; the rest is the movie's or user's own. */
static const float genre_share = 0.7F;

float hr_taste_normal(uint32_t a, uint32_t b)
{
    return (float)(sqrt(-2.0 * log(hr_uniform(a))) * cos(2.0 * acos(-1.0) * hr_uniform(b)));
}

static void draw_position(float position[HR_TASTE_RANK], uint64_t seed, int stream, int64_t index)
{
    for (int k = 0; k < HR_TASTE_RANK; k += 2) {
        const hr_random4 r = hr_philox(seed, (hr_stream)stream, (uint32_t)k, (uint64_t)index);
        position[k] = hr_taste_normal(r.word[0], r.word[1]);
        position[k + 1] = hr_taste_normal(r.word[2], r.word[3]);
    }
}

static void scale_to_unit(float position[HR_TASTE_RANK])
{
    float square = 0.0F;
    for (int k = 0; k < HR_TASTE_RANK; k++)
        square += position[k] * position[k];
    for (int k = 0; k < HR_TASTE_RANK; k++)
        position[k] /= sqrtf(square + 1e-12F);
}

/* A position between the mean of the genres in the set and a random one. */
static void set_position(float position[HR_TASTE_RANK], const hr_taste *taste, uint64_t genres, uint64_t seed,
                         int stream, int64_t index)
{
    float mean[HR_TASTE_RANK] = {0};
    draw_position(position, seed, stream, index);
    scale_to_unit(position);
    for (int g = 0; g < HR_SYNTH_GENRES; g++)
        for (int k = 0; k < HR_TASTE_RANK; k++)
            mean[k] += genres >> g & 1 ? taste->genre[g][k] : 0.0F;
    scale_to_unit(mean);
    for (int k = 0; k < HR_TASTE_RANK; k++)
        position[k] = genre_share * mean[k] + (1.0F - genre_share) * position[k];
    scale_to_unit(position);
}

/* A genre by how common it is: the square favours the first ones, as Drama and Comedy are in MovieLens. */
static int draw_genre(uint32_t word)
{
    const double u = hr_uniform(word);
    return (int)(u * u * HR_SYNTH_GENRES);
}

static uint64_t draw_genres(uint64_t seed, int stream, int64_t index, int most)
{
    const hr_random4 r = hr_philox(seed, (hr_stream)stream, 0, (uint64_t)index);
    const int count = 1 + (int)hr_below(r.word[3], (uint32_t)most);
    uint64_t genres = 0;
    for (int i = 0; i < count; i++)
        genres |= (uint64_t)1 << draw_genre(r.word[i]);
    return genres;
}

hr_status hr_taste_make_movies(hr_taste *taste, int64_t movies, uint64_t seed, hr_error *err)
{
    hr_status status = HR_OK;
    *taste = (hr_taste){.movies = movies};
    HR_ALLOC(taste->movie, movies * HR_TASTE_RANK);
    HR_ALLOC(taste->genres, movies);
    for (int g = 0; g < HR_SYNTH_GENRES; g++) {
        draw_position(taste->genre[g], seed, STREAM_GENRE, g);
        scale_to_unit(taste->genre[g]);
    }
    for (int64_t m = 0; m < movies; m++) {
        taste->genres[m] = draw_genres(seed, STREAM_MOVIE_GENRES, m, MOST_GENRES);
        set_position(taste->movie + m * HR_TASTE_RANK, taste, taste->genres[m], seed, STREAM_MOVIE, m);
    }
done:
    return status;
}

void hr_taste_draw_user(const hr_taste *taste, int64_t user, uint64_t seed, float position[HR_TASTE_RANK])
{
    set_position(position, taste, draw_genres(seed, STREAM_USER_GENRES, user, LIKED_GENRES), seed,
                 STREAM_USER, user);
}

hr_status hr_taste_make(hr_taste *taste, int64_t users, int64_t movies, uint64_t seed, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_taste_make_movies(taste, movies, seed, err));
    taste->users = users;
    HR_ALLOC(taste->user, users * HR_TASTE_RANK);
    for (int64_t u = 0; u < users; u++)
        hr_taste_draw_user(taste, u, seed, taste->user + u * HR_TASTE_RANK);
done:
    return status;
}

void hr_taste_free(hr_taste *taste)
{
    free(taste->user);
    free(taste->movie);
    free(taste->genres);
    *taste = (hr_taste){0};
}
