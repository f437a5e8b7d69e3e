#include "io/synth/synth.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/base/philox.h"
#include "io/base/sort.h"
#include "io/synth/check_ins.h"
#include "io/synth/synth_edges.h"
#include "io/synth/synth_ratings.h"
#include "io/synth/synth_shape.h"
#include "io/synth/synth_taste.h"
#include "io/synth/synth_titles.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { STREAM_ORDER = HR_STREAM_SYNTH + 12, STREAM_TIME, STREAM_TAG };

/* GroupLens's figures of each edition, from its README and summary pages; check-ins are about as many as in
 * LightGCN's Gowalla. */
static const hr_synth_preset presets[] = {
    {.name = "ml-latest-small",
     .users = 610,
     .movies_listed = 9742,
     .movies_rated = 9724,
     .ratings = 100836,
     .tags = 3683,
     .user = {20, 70.5, 165.3, 2698},
     .movie = {1, 3, 10.4, 329},
     .histogram = {1370, 2811, 1791, 7551, 5550, 20047, 13136, 26818, 8551, 13211}},
    {.name = "ml-1m",
     .users = 6040,
     .movies_listed = 3883,
     .movies_rated = 3706,
     .ratings = 1000209,
     .user = {20, 96, 165.6, 2314},
     .movie = {1, 123.5, 269.9, 3428},
     .histogram = {0, 56174, 0, 107557, 0, 261197, 0, 348971, 0, 226310}},
    {.name = "ml-20m",
     .users = 138493,
     .movies_listed = 27278,
     .movies_rated = 26744,
     .ratings = 20000263,
     .tags = 465564,
     .user = {20, 68, 144.4, 9254},
     .movie = {1, 18, 747.8, 67310},
     .histogram = {239125, 680732, 279252, 1430997, 883398, 4291193, 2200156, 5561926, 1534824, 2898660}},
    {.name = "check-ins",
     .users = 30000,
     .movies_listed = 41000,
     .ratings = 862500,
     .user = {8, 19, 28.75, 800},
     .towns = 300},
};
enum { PRESETS = sizeof presets / sizeof *presets };

hr_status hr_synth_find(const char *name, const hr_synth_preset **preset, hr_error *err)
{
    for (int i = 0; i < PRESETS; i++)
        if (strcmp(presets[i].name, name) == 0) {
            *preset = &presets[i];
            return HR_OK;
        }
    return hr_fail(err, HR_USAGE, "--preset %s: expected one of %s, %s, %s, %s", name, presets[0].name,
                   presets[1].name, presets[2].name, presets[3].name);
}

/* Puts `count` numbers into an order drawn from the seed (Fisher & Yates). */
static void shuffle(int64_t *values, int64_t count, uint64_t seed, uint32_t step)
{
    for (int64_t i = count - 1; i > 0; i--) {
        const hr_random4 r = hr_philox(seed, (hr_stream)STREAM_ORDER, step, (uint64_t)i);
        const int64_t j = (int64_t)hr_below64(r.word[0], r.word[1], (uint64_t)i + 1), held = values[i];
        values[i] = values[j];
        values[j] = held;
    }
}

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
    HR_ALLOC(d->user_id.number, p->users);
    d->user_id.count = p->users;
    HR_ALLOC(d->movie_id.number, p->movies_listed);
    d->movie_id.count = p->movies_listed;
    HR_ALLOC(d->year, p->movies_listed);
    HR_ALLOC(d->imdb, p->movies_listed);
    HR_ALLOC(d->tmdb, p->movies_listed);
    HR_ALLOC(d->tag_user, p->tags);
    HR_ALLOC(d->tag_movie, p->tags);
    HR_ALLOC(d->tag_text, p->tags);
    HR_ALLOC(d->tag_time, p->tags);
done:
    return status;
}

/* Draws how many ratings each user has. */
static void draw_users(const hr_synth_preset *p, uint64_t seed, hr_ratings *r)
{
    hr_synth_degrees(&p->user, p->users, p->ratings, r->ptr + 1);
    shuffle(r->ptr + 1, p->users, seed, 0);
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
    shuffle(movie_degree, p->movies_listed, seed, 1);
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

static void make_ids(const hr_synth_preset *p, uint64_t seed, hr_dataset *d)
{
    int64_t id = 0;
    for (int64_t m = 0; m < p->movies_listed; m++) { /* ids have gaps, as GroupLens's do */
        id += 1 + hr_below(hr_philox(seed, (hr_stream)STREAM_ORDER, 2, (uint64_t)m).word[0], 8) / 6;
        d->movie_id.number[m] = id;
    }
    for (int64_t u = 0; u < p->users; u++)
        d->user_id.number[u] = u + 1;
}

static hr_status make_movies(const hr_synth_preset *p, uint64_t seed, hr_dataset *d, hr_error *err)
{
    hr_status status = HR_OK;
    for (int g = 0; g < HR_SYNTH_GENRES; g++)
        HR_TRY(hr_strings_append(&d->genres.name, hr_titles_genre_names[g],
                                 (int64_t)strlen(hr_titles_genre_names[g]), err));
    HR_TRY(hr_titles_make(&d->title, d->year, p->movies_listed, seed, err));
done:
    return status;
}

/* A word that suits one of the movie's genres, if a few draws find one. */
static int32_t draw_tag(uint64_t seed, int64_t tag, uint64_t genres)
{
    enum { TRIES = 8 };
    int32_t text = 0;
    for (uint32_t tried = 0; tried < TRIES; tried++) {
        const hr_random4 r = hr_philox(seed, (hr_stream)STREAM_TAG, 1 + tried, (uint64_t)tag);
        text = (int32_t)hr_below(r.word[0], (uint32_t)hr_titles_tag_count);
        if (genres >> hr_titles_tags[text].genre & 1)
            break;
    }
    return text;
}

static hr_status make_tags(const hr_synth_preset *p, const uint64_t *genres, uint64_t seed, hr_dataset *d,
                           hr_error *err)
{
    hr_status status = HR_OK;
    const hr_ratings *r = &d->ratings;
    for (int i = 0; i < hr_titles_tag_count; i++)
        HR_TRY(hr_strings_append(&d->tag_name, hr_titles_tags[i].text,
                                 (int64_t)strlen(hr_titles_tags[i].text), err));
    for (d->tags = 0; d->tags < p->tags; d->tags++) {
        const hr_random4 drawn = hr_philox(seed, (hr_stream)STREAM_TAG, 0, (uint64_t)d->tags);
        const int64_t user = hr_below(drawn.word[0], (uint32_t)p->users);
        const int64_t i = r->ptr[user] + hr_below(drawn.word[1], (uint32_t)(r->ptr[user + 1] - r->ptr[user]));
        d->tag_user[d->tags] = (int32_t)user;
        d->tag_movie[d->tags] = r->movie[i];
        d->tag_text[d->tags] = draw_tag(seed, d->tags, genres[r->movie[i]]);
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
    for (int64_t m = 0; m < p->movies_listed; m++)
        HR_TRY(hr_genres_append_bits(&d->genres, taste.genres[m], err));
    HR_TRY(make_movies(p, seed, d, err));
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
    make_ids(preset, seed, dataset);
    if (preset->towns > 0)
        HR_TRY(make_check_ins(preset, seed, dataset, err));
    else
        HR_TRY(make_films(preset, seed, dataset, err));
    snprintf(dataset->source, sizeof dataset->source, "synth %s seed %" PRIu64, preset->name, seed);
    assert(hr_dataset_is_valid(dataset));
done:
    return status;
}
