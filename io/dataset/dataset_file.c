#include "io/base/memory.h"
#include "io/base/search.h"
#include "io/base/utf8.h"
#include "io/dataset/dataset.h"
#include "io/dataset/ids_file.h"

#include <assert.h>
#include <float.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Files made before there were rules in them have three parts. */
static hr_status read_split(hr_h5 *file, hr_dataset_summary *s, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t seed = 0;
    s->splits[HR_KNOWN] = 0;
    s->split[0] = '\0';
    for (int part = 0; part < HR_SPLITS; part++)
        if (part != HR_KNOWN || hr_h5_has_attribute(file, hr_split_names[part]))
            HR_TRY(hr_h5_get_i64(file, hr_split_names[part], &s->splits[part], err));
    if (hr_h5_has_attribute(file, "split"))
        HR_TRY(hr_h5_get_text(file, "split", s->split, sizeof s->split, err));
    if (hr_h5_has_attribute(file, "split_seed"))
        HR_TRY(hr_h5_get_i64(file, "split_seed", &seed, err));
    s->split_seed = (uint64_t)seed;
done:
    return status;
}

static hr_status read_attributes(hr_h5 *file, hr_dataset_summary *s, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_h5_get_text(file, "fingerprint", s->fingerprint, sizeof s->fingerprint, err));
    HR_TRY(hr_h5_get_text(file, "source", s->source, sizeof s->source, err));
    HR_TRY(hr_h5_get_i64(file, "users", &s->users, err));
    HR_TRY(hr_h5_get_i64(file, "movies", &s->movies, err));
    HR_TRY(hr_h5_get_i64(file, "ratings", &s->ratings, err));
    HR_TRY(read_split(file, s, err));
done:
    return status;
}

static hr_status expect_length(hr_h5 *file, const char *name, int64_t expected, hr_error *err)
{
    int64_t rows = 0, cols = 0;
    const hr_status status = hr_h5_shape(file, name, &rows, &cols, err);
    if (status != HR_OK || (rows == expected && cols == 1)) /* more columns would overrun the reader */
        return status;
    return hr_fail(err, HR_INPUT,
                   "%s: %s has %" PRId64 " x %" PRId64 " elements, expected %" PRId64
                   " x 1; the file is damaged",
                   hr_h5_path(file), name, rows, cols, expected);
}

static hr_status expect_lengths(hr_h5 *file, const char *const *names, int64_t expected, hr_error *err)
{
    hr_status status = HR_OK;
    for (int i = 0; status == HR_OK && names[i]; i++)
        status = expect_length(file, names[i], expected, err);
    return status;
}

static hr_status check_shapes(hr_h5 *file, const hr_dataset_summary *s, hr_error *err)
{
    static const char *const of_movies[] = {"movie/id",   "movie/title", "movie/year",
                                            "movie/imdb", "movie/tmdb",  NULL};
    static const char *const of_ratings[] = {"rating/movie", "rating/value", "rating/time", "rating/split",
                                             NULL};
    static const char *const of_tags[] = {"tag/user", "tag/movie", "tag/time", "tag/text", NULL};
    hr_status status = HR_OK;
    int64_t tags = 0;
    HR_TRY(expect_length(file, "user/id", s->users, err));
    HR_TRY(expect_length(file, "rating/ptr", s->users + 1, err));
    HR_TRY(expect_lengths(file, of_movies, s->movies, err));
    HR_TRY(expect_lengths(file, of_ratings, s->ratings, err));
    HR_TRY(hr_h5_shape(file, "tag/user", &tags, NULL, err));
    HR_TRY(expect_lengths(file, of_tags, tags, err));
    HR_TRY(hr_genres_check_shapes(file, s->movies, err));
done:
    return status;
}

static hr_status check_numbers(const hr_h5 *file, const hr_dataset_summary *s, hr_error *err)
{
    int64_t left = s->ratings;
    if (s->users < 1 || s->movies < 1)
        return hr_fail(err, HR_INPUT,
                       "%s: %" PRId64 " users and %" PRId64 " movies: expected at least 1 of each",
                       hr_h5_path(file), s->users, s->movies);
    for (int i = 0; i < HR_SPLITS && left >= 0; i++)
        left = s->splits[i] >= 0 && s->splits[i] <= left ? left - s->splits[i] : -1;
    if (left == 0)
        return HR_OK;
    return hr_fail(err, HR_INPUT,
                   "%s: %" PRId64 " train, %" PRId64 " valid, %" PRId64 " test and %" PRId64
                   " known ratings, expected %" PRId64 " in all; the file is damaged",
                   hr_h5_path(file), s->splits[HR_TRAIN], s->splits[HR_VALID], s->splits[HR_TEST],
                   s->splits[HR_KNOWN], s->ratings);
}

hr_status hr_dataset_open(hr_h5 **file, hr_dataset_summary *s, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_h5_open(file, path, HR_DATASET_FORMAT, HR_DATASET_VERSION, err));
    HR_TRY(read_attributes(*file, s, err));
    HR_TRY(check_shapes(*file, s, err));
    HR_TRY(check_numbers(*file, s, err));
done:
    if (status != HR_OK) {
        hr_h5_close(*file);
        *file = NULL;
    }
    return status;
}

static hr_status damaged(const hr_h5 *file, int64_t user, hr_error *err)
{
    return hr_fail(err, HR_INPUT,
                   "%s: the ratings of user number %" PRId64 " are damaged; import the data again",
                   hr_h5_path(file), user);
}

/* What a reader may rely on: order, ranges. */
static hr_status check_slice(const hr_h5 *file, const hr_ratings *s, hr_error *err)
{
    for (int64_t u = 0; u < s->users; u++)
        if (!hr_ratings_user_is_valid(s, u))
            return damaged(file, s->first_user + u, err);
    return HR_OK;
}

static void hold_out(hr_ratings *s, double share)
{
    for (int64_t u = 0; u < s->users; u++)
        for (int64_t i = s->ptr[u]; i < s->ptr[u + 1]; i++)
            if (s->split[i] == HR_TRAIN && hr_split_holdout(s->first_user + u, s->movie[i], share))
                s->split[i] = HR_VALID;
}

static hr_status read_ptr(hr_h5 *file, hr_ratings *s, int64_t *first, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(s->ptr, s->users + 1);
    HR_TRY(hr_h5_read_rows(file, "rating/ptr", HR_H5_I64, s->first_user, s->users + 1, 1, s->ptr, err));
    *first = s->ptr[0];
    for (int64_t u = 0; u <= s->users; u++) {
        if (*first < 0 || s->ptr[u] < *first) /* before it is subtracted */
            HR_TRY(damaged(file, s->first_user + u, err));
        s->ptr[u] -= *first;
        if (u > 0 && s->ptr[u] < s->ptr[u - 1])
            HR_TRY(damaged(file, s->first_user + u, err));
    }
    s->count = s->ptr[s->users];
done:
    return status;
}

hr_status hr_dataset_read_slice(hr_h5 *file, int64_t first_user, int64_t users, double valid_share,
                                hr_ratings *slice, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t first = 0;
    *slice = (hr_ratings){.first_user = first_user, .users = users};
    HR_TRY(hr_h5_get_i64(file, "movies", &slice->movies, err));
    HR_TRY(read_ptr(file, slice, &first, err));
    int64_t total = 0;
    HR_TRY(hr_h5_shape(file, "rating/movie", &total, NULL, err));
    if (slice->count > total || first > total - slice->count) /* before it is taken as a size */
        HR_TRY(damaged(file, first_user, err));
    HR_ALLOC(slice->movie, slice->count);
    HR_ALLOC(slice->split, slice->count);
    HR_TRY(hr_h5_read_rows(file, "rating/movie", HR_H5_I32, first, slice->count, 1, slice->movie, err));
    HR_TRY(hr_h5_read_rows(file, "rating/split", HR_H5_U8, first, slice->count, 1, slice->split, err));
    HR_TRY(check_slice(file, slice, err));
    if (valid_share > 0.0)
        hold_out(slice, valid_share);
    assert(hr_ratings_is_valid(slice));
done:
    if (status != HR_OK)
        hr_ratings_free(slice);
    return status;
}

/* Values that ratings may have. */
typedef struct scale {
    double low, high;
    char text[64];
} scale;

/* The scale that the file states, or all finite numbers. */
static hr_status read_scale(hr_h5 *file, scale *s, hr_error *err)
{
    hr_status status = HR_OK;
    *s = (scale){-(double)FLT_MAX, (double)FLT_MAX, "a finite number"};
    if (!hr_h5_has_attribute(file, "scale_low") || !hr_h5_has_attribute(file, "scale_high"))
        return HR_OK;
    HR_TRY(hr_h5_get_f64(file, "scale_low", &s->low, err));
    HR_TRY(hr_h5_get_f64(file, "scale_high", &s->high, err));
    snprintf(s->text, sizeof s->text, "%g to %g, the scale of the file", s->low, s->high);
done:
    return status;
}

static hr_status check_value(const hr_h5 *file, const scale *on, int64_t rating, float value, hr_error *err)
{
    if ((double)value >= on->low && (double)value <= on->high)
        return HR_OK;
    return hr_fail(err, HR_INPUT, "%s: rating number %" PRId64 " is %g, expected %s; the file is damaged",
                   hr_h5_path(file), rating, (double)value, on->text);
}

hr_status hr_dataset_read_values_of(hr_h5 *file, const int64_t *rating, int64_t count, float *value,
                                    hr_error *err)
{
    hr_status status = HR_OK;
    scale on;
    HR_TRY(read_scale(file, &on, err));
    HR_TRY(hr_h5_read_points(file, "rating/value", rating, count, value, err));
    for (int64_t i = 0; i < count; i++)
        HR_TRY(check_value(file, &on, rating[i], value[i], err));
done:
    return status;
}

hr_status hr_dataset_read_values(hr_h5 *file, hr_ratings *slice, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t first = 0;
    scale on;
    HR_TRY(read_scale(file, &on, err));
    HR_TRY(hr_h5_read_rows(file, "rating/ptr", HR_H5_I64, slice->first_user, 1, 1, &first, err));
    HR_ALLOC(slice->value, slice->count);
    HR_TRY(hr_h5_read_rows(file, "rating/value", HR_H5_F32, first, slice->count, 1, slice->value, err));
    for (int64_t i = 0; i < slice->count; i++)
        HR_TRY(check_value(file, &on, first + i, slice->value[i], err));
done:
    return status;
}

hr_status hr_dataset_read_times(hr_h5 *file, hr_ratings *slice, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t first = 0, version = 0;
    HR_TRY(hr_h5_get_i64(file, "version", &version, err));
    HR_TRY(hr_h5_read_rows(file, "rating/ptr", HR_H5_I64, slice->first_user, 1, 1, &first, err));
    HR_ALLOC(slice->time, slice->count);
    HR_TRY(hr_h5_read_rows(file, "rating/time", HR_H5_I64, first, slice->count, 1, slice->time, err));
    for (int64_t i = 0; version < 2 && i < slice->count; i++)
        if (slice->time[i] == 0)
            slice->time[i] = HR_NO_TIME;
done:
    return status;
}

hr_status hr_dataset_read_text(hr_h5 *file, hr_text *text, hr_error *err)
{
    int64_t movies = 0;
    *text = (hr_text){0};
    const hr_status status = hr_h5_get_i64(file, "movies", &movies, err);
    return status == HR_OK ? hr_text_read(file, movies, text, err) : status;
}

hr_status hr_dataset_read_movies(hr_h5 *file, const int32_t *movie, int64_t count, hr_ids *id,
                                 hr_strings *title, hr_strings *genres, hr_error *err)
{
    hr_status status = HR_OK;
    hr_strings names = {0};
    int64_t genre_count = 0;
    HR_TRY(hr_h5_shape(file, "genre/name", &genre_count, NULL, err));
    HR_TRY(hr_h5_read_strings(file, "genre/name", 0, genre_count, &names, err));
    for (int64_t i = 0; i < count; i++) {
        HR_TRY(hr_ids_read_one(file, "movie/id", movie[i], id, err));
        HR_TRY(hr_h5_read_strings(file, "movie/title", movie[i], 1, title, err));
        HR_TRY(hr_genres_read_joined(file, &names, movie[i], genres, err));
    }
done:
    hr_strings_free(&names);
    return status;
}
