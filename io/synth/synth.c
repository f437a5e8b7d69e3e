#include "io/synth/synth.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/base/philox.h"
#include "io/base/sort.h"
#include "io/synth/check_ins.h"
#include "io/synth/films.h"
#include "io/synth/synth_edges.h"
#include "io/synth/synth_ratings.h"
#include "io/synth/synth_shape.h"
#include "io/synth/synth_taste.h"
#include "io/synth/synth_titles.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { STREAM_TIME = HR_STREAM_SYNTH + 13, STREAM_TAG };

static hr_status reserve(const hr_synth_preset *p, hr_dataset *d, hr_error *err)
{
    hr_status status = HR_OK;
    hr_ratings *r = &d->ratings;
    *r = (hr_ratings){.users = p->users, .movies = p->movies_listed, .count = p->ratings};
    HR_ALLOC(r->ptr, p->users + 1);
    HR_ALLOC(r->movie, p->ratings);
    HR_ALLOC(r->value, p->ratings);
    HR_ALLOC(r->time, p->ratings);
    HR_ALLOC(r->split, p->ratings);
done:
    return status;
}

/* Draws how many ratings each user has. */
static void draw_users(const hr_synth_preset *p, uint64_t seed, hr_ratings *r)
{
    hr_synth_degrees(&p->user, p->users, p->ratings, r->ptr + 1);
    hr_synth_shuffle(r->ptr + 1, p->users, seed, 0);
    hr_offsets_sum(r->ptr, p->users);
}

static void sort_lists(hr_ratings *r)
{
    for (int64_t u = 0; u < r->users; u++)
        hr_sort_i32(r->movie + r->ptr[u], r->ptr[u + 1] - r->ptr[u]);
}

/* Draws how many ratings each movie has, then which user rates which movie. */
static hr_status make_ratings(const hr_synth_preset *p, const hr_taste *taste, uint64_t seed, hr_ratings *r,
                              hr_error *err)
{
    hr_status status = HR_OK;
    int64_t *movie_degree = NULL;
    HR_ALLOC(movie_degree, p->movies_listed);
    hr_synth_degrees(&p->movie, p->movies_rated, p->ratings,
                     movie_degree); /* the rest are listed, not rated */
    hr_synth_shuffle(movie_degree, p->movies_listed, seed, 1);
    HR_TRY(hr_synth_wire(taste, r->ptr, movie_degree, seed, r->movie, err));
    sort_lists(r);
    HR_TRY(hr_synth_ratings(r, taste, p, seed, err));
done:
    free(movie_degree);
    return status;
}

/* A user rates all movies in one session, one every half minute or so, in random order, from 1996 on. */
static void make_times(hr_ratings *r, uint64_t seed)
{
    enum { FIRST = 820454400, YEARS = 22, SECONDS_A_YEAR = 31557600, SECONDS_A_RATING = 30 };
    for (int64_t u = 0; u < r->users; u++) {
        const hr_random4 start = hr_philox(seed, (hr_stream)STREAM_TIME, 0, (uint64_t)u);
        const int64_t begins =
            FIRST + (int64_t)hr_below64(start.word[0], start.word[1], (uint64_t)YEARS * SECONDS_A_YEAR);
        const uint32_t sitting = (uint32_t)(r->ptr[u + 1] - r->ptr[u]) * SECONDS_A_RATING;
        for (int64_t i = r->ptr[u]; i < r->ptr[u + 1]; i++)
            r->time[i] =
                begins + hr_below(hr_philox(seed, (hr_stream)STREAM_TIME, 1, (uint64_t)i).word[0], sitting);
    }
}

static hr_status make_tags(const hr_synth_preset *p, const uint64_t *genres, uint64_t seed, hr_dataset *d,
                           hr_error *err)
{
    hr_status status = HR_OK;
    const hr_ratings *r = &d->ratings;
    HR_TRY(hr_films_reserve_tags(p->tags, d, err));
    for (d->tags = 0; d->tags < p->tags; d->tags++) {
        const hr_random4 drawn = hr_philox(seed, (hr_stream)STREAM_TAG, 0, (uint64_t)d->tags);
        const int64_t user = hr_below(drawn.word[0], (uint32_t)p->users);
        const int64_t i = r->ptr[user] + hr_below(drawn.word[1], (uint32_t)(r->ptr[user + 1] - r->ptr[user]));
        d->tag_user[d->tags] = (int32_t)user;
        d->tag_movie[d->tags] = r->movie[i];
        d->tag_text[d->tags] = hr_films_draw_tag(seed, d->tags, genres[r->movie[i]]);
        d->tag_time[d->tags] = r->time[i];
    }
done:
    return status;
}

static hr_status make_films(const hr_synth_preset *p, uint64_t seed, hr_dataset *d, hr_error *err)
{
    hr_status status = HR_OK;
    hr_taste taste = {0};
    HR_TRY(hr_taste_make(&taste, p->users, p->movies_listed, seed, err));
    HR_TRY(make_ratings(p, &taste, seed, &d->ratings, err));
    make_times(&d->ratings, seed);
    HR_TRY(hr_films_make(p, taste.genres, seed, d, err));
    HR_TRY(make_tags(p, taste.genres, seed, d, err));
done:
    hr_taste_free(&taste);
    return status;
}

/* A location's title is its kind, its number and its town. */
static hr_status make_locations(const int32_t *town, hr_dataset *d, hr_error *err)
{
    hr_status status = HR_OK;
    for (int k = 0; k < HR_LOCATION_KINDS; k++)
        HR_TRY(hr_strings_append(&d->genres.name, hr_location_kind_names[k],
                                 (int64_t)strlen(hr_location_kind_names[k]), err));
    for (int64_t m = 0; m < d->ratings.movies; m++) {
        char title[64];
        const int length = snprintf(title, sizeof title, "%s %" PRId64 ", town %d",
                                    hr_location_kind_names[d->genres.genre[d->genres.ptr[m]]],
                                    d->movie_id.number[m], town[m] + 1);
        HR_TRY(hr_strings_append(&d->title, title, length, err));
    }
done:
    return status;
}

static hr_status make_check_ins(const hr_synth_preset *p, uint64_t seed, hr_dataset *d, hr_error *err)
{
    hr_status status = HR_OK;
    int32_t *town = NULL;  /* [movies] */
    uint64_t *kind = NULL; /* [movies] a bit each */
    hr_ratings *r = &d->ratings;
    const hr_check_ins shape = {p->users, p->movies_listed, p->towns, seed, r->ptr};
    HR_ALLOC(town, p->movies_listed);
    HR_ALLOC(d->year, p->movies_listed);
    HR_ALLOC(d->imdb, p->movies_listed);
    HR_ALLOC(d->tmdb, p->movies_listed);
    HR_ALLOC(kind, p->movies_listed);
    HR_TRY(hr_check_ins_draw(&shape, town, kind, r->movie, err));
    for (int64_t m = 0; m < p->movies_listed; m++)
        HR_TRY(hr_genres_append_bits(&d->genres, kind[m], err));
    sort_lists(r);
    for (int64_t i = 0; i < r->count; i++)
        r->value[i] = 1.0F;
    make_times(r, seed);
    HR_TRY(make_locations(town, d, err));
done:
    free(kind);
    free(town);
    return status;
}

hr_status hr_synth(const hr_synth_preset *preset, uint64_t seed, hr_dataset *dataset, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(reserve(preset, dataset, err));
    draw_users(preset, seed, &dataset->ratings);
    HR_TRY(hr_films_make_ids(preset, seed, dataset, err));
    if (preset->towns > 0)
        HR_TRY(make_check_ins(preset, seed, dataset, err));
    else
        HR_TRY(make_films(preset, seed, dataset, err));
    snprintf(dataset->source, sizeof dataset->source, "synth %s seed %" PRIu64, preset->name, seed);
    assert(hr_dataset_is_valid(dataset));
done:
    return status;
}
