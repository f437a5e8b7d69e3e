#include "io/readers/import.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/base/search.h"
#include "io/base/sort.h"
#include "io/features/words.h"
#include "io/split/split.h"

#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

void hr_raw_free(hr_raw *raw)
{
    free(raw->rating);
    free(raw->movie);
    free(raw->tag);
    hr_strings_free(&raw->title);
    hr_genres_free(&raw->genres);
    hr_strings_free(&raw->tag_name);
    *raw = (hr_raw){0};
}

/* Different ids in ascending order. */
typedef struct id_list {
    int64_t *id;
    int64_t count, capacity;
} id_list;

static hr_status add_id(id_list *list, int64_t id, hr_error *err)
{
    hr_status status = HR_OK;
    if (list->count > 0 && list->id[list->count - 1] == id) /* sources mostly come in order of user */
        return HR_OK;
    HR_GROW(list->id, list->capacity, list->count + 1);
    list->id[list->count++] = id;
done:
    return status;
}

static void sort_ids(id_list *list)
{
    int64_t different = 0;
    hr_sort_i64(list->id, list->count);
    for (int64_t i = 0; i < list->count; i++)
        if (different == 0 || list->id[different - 1] != list->id[i])
            list->id[different++] = list->id[i];
    list->count = different;
}

static int64_t number_of(const id_list *list, int64_t id)
{
    return hr_find_i64(list->id, list->count, id);
}

/* One import under way. */
typedef struct importer {
    const hr_raw *raw;
    const hr_import_options *options;
    hr_dataset *out;
    hr_import_report *report;
    id_list users, movies;
    hr_raw_rating *sorted; /* kept ratings by user, user and movie renumbered */
} importer;

static bool is_kept(const importer *im, const hr_raw_rating *rating)
{
    return rating->value >= im->options->min_rating;
}

static hr_status list_ids(importer *im, hr_error *err)
{
    hr_status status = HR_OK;
    for (int64_t i = 0; i < im->raw->ratings; i++) {
        const hr_raw_rating *rating = &im->raw->rating[i];
        if (!is_kept(im, rating)) {
            im->report->below_minimum++;
            continue;
        }
        HR_TRY(add_id(&im->users, rating->user, err));
        HR_TRY(add_id(&im->movies, rating->movie, err));
    }
    for (int64_t i = 0; i < im->raw->movies; i++)
        HR_TRY(add_id(&im->movies, im->raw->movie[i].id, err));
    sort_ids(&im->users);
    sort_ids(&im->movies);
    if (im->users.count == 0)
        HR_TRY(hr_fail(err, HR_INPUT, "no rating is left: all %" PRId64 " are below --min-rating %g",
                       im->report->below_minimum, (double)im->options->min_rating));
    if (im->users.count > INT32_MAX || im->movies.count > INT32_MAX)
        HR_TRY(hr_fail(err, HR_MEMORY, "more users or movies than 32 bits count"));
done:
    return status;
}

/* Of two mentions of a movie the first in this order stays: train before test, late before early, a higher
 * rating before a lower one. */
static int by_movie(const void *a, const void *b)
{
    const hr_raw_rating *x = a, *y = b;
    if (x->movie != y->movie)
        return x->movie < y->movie ? -1 : 1;
    if (x->split != y->split)
        return x->split < y->split ? -1 : 1;
    if (x->time != y->time)
        return x->time > y->time ? -1 : 1;
    return (x->value < y->value) - (x->value > y->value);
}

/* Ratings by user, by counting. */
static hr_status sort_by_user(importer *im, hr_error *err)
{
    hr_status status = HR_OK;
    hr_ratings *r = &im->out->ratings;
    HR_ALLOC(r->ptr, im->users.count + 1);
    HR_ALLOC(im->sorted, im->raw->ratings - im->report->below_minimum);
    r->users = im->users.count;
    r->movies = im->movies.count;
    for (int pass = 0; pass < 2; pass++) {
        for (int64_t i = 0; i < im->raw->ratings; i++) {
            hr_raw_rating rating = im->raw->rating[i];
            if (!is_kept(im, &rating))
                continue;
            rating.user = number_of(&im->users, rating.user);
            if (pass == 0) {
                r->ptr[rating.user + 1]++;
            } else {
                rating.movie = number_of(&im->movies, rating.movie);
                im->sorted[r->ptr[rating.user]++] = rating;
            }
        }
        if (pass == 0)
            hr_offsets_sum(r->ptr, r->users);
        else
            hr_offsets_restore(r->ptr, r->users);
    }
done:
    return status;
}

static hr_status reserve_ratings(hr_ratings *r, int64_t count, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(r->movie, count);
    HR_ALLOC(r->value, count);
    HR_ALLOC(r->time, count);
    HR_ALLOC(r->split, count);
done:
    return status;
}

/* Each user's ratings in order of movie, each movie once. */
static hr_status take_ratings(importer *im, hr_error *err)
{
    hr_status status = HR_OK;
    hr_ratings *r = &im->out->ratings;
    HR_TRY(sort_by_user(im, err));
    HR_TRY(reserve_ratings(r, r->ptr[r->users], err));
    for (int64_t u = 0, first = 0; u < r->users; u++) {
        const int64_t end = r->ptr[u + 1];
        qsort(im->sorted + first, (size_t)(end - first), sizeof *im->sorted, by_movie);
        r->ptr[u] = r->count;
        for (int64_t i = first; i < end; i++) {
            const hr_raw_rating *rating = &im->sorted[i];
            if (i > first && rating->movie == rating[-1].movie) {
                im->report->duplicates++;
                continue;
            }
            r->movie[r->count] = (int32_t)rating->movie;
            r->value[r->count] = rating->value;
            r->time[r->count] = rating->time;
            r->split[r->count++] = rating->split;
        }
        first = end;
    }
    r->ptr[r->users] = r->count;
done:
    return status;
}

static hr_status reserve_movies(hr_dataset *out, int64_t count, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(out->year, count);
    HR_ALLOC(out->imdb, count);
    HR_ALLOC(out->tmdb, count);
done:
    return status;
}

/* The genres of a listed movie; none for number -1. */
static hr_status append_genres(hr_dataset *out, const hr_raw *raw, int64_t listed, hr_error *err)
{
    if (listed < 0)
        return hr_genres_append(&out->genres, NULL, 0, err);
    return hr_genres_append(&out->genres, raw->genres.genre + raw->genres.ptr[listed],
                            hr_genres_of(&raw->genres, listed), err);
}

static hr_status take_movies(importer *im, hr_error *err)
{
    hr_status status = HR_OK;
    hr_dataset *out = im->out;
    int64_t *listed = NULL; /* index of each movie in the list, plus 1 */
    HR_TRY(reserve_movies(out, im->movies.count, err));
    HR_ALLOC(listed, im->movies.count);
    for (int64_t i = im->raw->movies; i > 0; i--) /* of two mentions the first stays */
        listed[number_of(&im->movies, im->raw->movie[i - 1].id)] = i;
    for (int64_t m = 0; m < im->movies.count; m++) {
        const hr_raw_movie *movie = listed[m] ? &im->raw->movie[listed[m] - 1] : NULL;
        const char *title = movie ? hr_strings_at(&im->raw->title, movie->title) : "";
        int64_t name_length = 0;
        HR_TRY(hr_strings_append(&out->title, title, (int64_t)strlen(title), err));
        out->year[m] = hr_title_year(title, &name_length);
        HR_TRY(append_genres(out, im->raw, listed[m] - 1, err));
        out->imdb[m] = movie ? movie->imdb : 0;
        out->tmdb[m] = movie ? movie->tmdb : 0;
    }
    for (int64_t g = 0; g < im->raw->genres.name.count; g++) {
        const char *name = hr_strings_at(&im->raw->genres.name, g);
        HR_TRY(hr_strings_append(&out->genres.name, name, (int64_t)strlen(name), err));
    }
done:
    free(listed);
    return status;
}

static hr_status take_tags(importer *im, hr_error *err)
{
    hr_status status = HR_OK;
    hr_dataset *out = im->out;
    int32_t *number = NULL;
    HR_TRY(hr_strings_number(&im->raw->tag_name, &out->tag_name, &number, err));
    HR_ALLOC(out->tag_user, im->raw->tags);
    HR_ALLOC(out->tag_movie, im->raw->tags);
    HR_ALLOC(out->tag_text, im->raw->tags);
    HR_ALLOC(out->tag_time, im->raw->tags);
    for (int64_t i = 0; i < im->raw->tags; i++) {
        const hr_raw_tag *tag = &im->raw->tag[i];
        const int64_t user = number_of(&im->users, tag->user), movie = number_of(&im->movies, tag->movie);
        if (user == HR_NOT_FOUND || movie == HR_NOT_FOUND) {
            im->report->tags_dropped++;
            continue;
        }
        out->tag_user[out->tags] = (int32_t)user;
        out->tag_movie[out->tags] = (int32_t)movie;
        out->tag_text[out->tags] = number[tag->text];
        out->tag_time[out->tags++] = tag->time;
    }
done:
    free(number);
    return status;
}

static hr_status choose_split(const importer *im, hr_split_rule *rule, hr_error *err)
{
    const char *text = im->options->split;
    if (!text)
        text = im->raw->given_split ? "given" : "ratio:0.8,0.1,0.1";
    const hr_status status = hr_split_parse(text, rule, err);
    if (status == HR_OK && rule->kind == HR_SPLIT_GIVEN && !im->raw->given_split)
        return hr_fail(err, HR_INPUT,
                       "--split given: the source does not come split; give ratio:… or leave-one-out");
    return status;
}

hr_status hr_import(const hr_raw *raw, const hr_import_options *options, const char *source,
                    hr_dataset *dataset, hr_import_report *report, hr_error *err)
{
    hr_status status = HR_OK;
    hr_split_rule rule;
    const hr_comm alone = hr_comm_alone();
    importer im = {.raw = raw, .options = options, .out = dataset, .report = report};
    *report = (hr_import_report){0};
    HR_TRY(choose_split(&im, &rule, err));
    HR_TRY(list_ids(&im, err));
    HR_TRY(take_ratings(&im, err));
    HR_TRY(take_movies(&im, err));
    HR_TRY(take_tags(&im, err));
    HR_TRY(hr_split_dataset(&alone, dataset, &rule, options->seed, err));
    dataset->user_id = (hr_ids){.count = im.users.count, .number = im.users.id};
    dataset->movie_id = (hr_ids){.count = im.movies.count, .number = im.movies.id};
    im.users.id = im.movies.id = NULL; /* the dataset's now */
    snprintf(dataset->source, sizeof dataset->source, "%s", source);
    assert(hr_dataset_is_valid(dataset));
done:
    free(im.sorted);
    free(im.users.id);
    free(im.movies.id);
    return status;
}
