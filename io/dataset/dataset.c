#include "io/dataset/dataset.h"

#include "io/base/memory.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>

void hr_dataset_free(hr_dataset *dataset)
{
    hr_ratings_free(&dataset->ratings);
    hr_ids_free(&dataset->user_id);
    hr_ids_free(&dataset->movie_id);
    hr_strings_free(&dataset->title);
    free(dataset->year);
    hr_genres_free(&dataset->genres);
    free(dataset->imdb);
    free(dataset->tmdb);
    free(dataset->tag_user);
    free(dataset->tag_movie);
    free(dataset->tag_text);
    free(dataset->tag_time);
    hr_strings_free(&dataset->tag_name);
    hr_text_free(&dataset->text);
    *dataset = (hr_dataset){0};
}

static hr_status broken(const char *what, int64_t at, hr_error *err)
{
    return hr_fail(err, HR_INPUT, "the dataset is damaged: %s, at %" PRId64, what, at);
}

static hr_status check_ids(const hr_ids *ids, int64_t count, const char *what, hr_error *err)
{
    if (ids->count != count || (!ids->number && ids->text.count != count))
        return broken(what, ids->count, err);
    const int64_t wrong = hr_ids_disorder(ids);
    return wrong < count ? broken(what, wrong, err) : HR_OK;
}

static hr_status check_ratings(const hr_ratings *r, hr_error *err)
{
    if (r->ptr[0] != 0 || r->ptr[r->users] != r->count)
        return broken("the users' ratings do not sum up", r->users, err);
    for (int64_t u = 0; u < r->users; u++) {
        if (r->ptr[u + 1] < r->ptr[u] || r->ptr[u + 1] > r->count)
            return broken("a user's ratings are out of range", u, err);
        for (int64_t i = r->ptr[u]; i < r->ptr[u + 1]; i++) {
            if (r->movie[i] < 0 || r->movie[i] >= r->movies || r->split[i] >= HR_SPLITS)
                return broken("a rating's movie or split is out of range", i, err);
            if (i > r->ptr[u] && r->movie[i] <= r->movie[i - 1])
                return broken("a user's movies are out of order", i, err);
        }
    }
    return HR_OK;
}

static hr_status check_scale(const hr_dataset *d, hr_error *err)
{
    for (int64_t i = 0; i < d->ratings.count && d->has_scale; i++)
        if (!(d->ratings.value[i] >= d->low && d->ratings.value[i] <= d->high))
            return broken("a rating is outside the scale", i, err);
    return HR_OK;
}

static hr_status check_tags(const hr_dataset *d, hr_error *err)
{
    for (int64_t t = 0; t < d->tags; t++) {
        const bool known = d->tag_user[t] >= 0 && d->tag_user[t] < d->ratings.users && d->tag_movie[t] >= 0 &&
                           d->tag_movie[t] < d->ratings.movies && d->tag_text[t] >= 0 &&
                           d->tag_text[t] < d->tag_name.count;
        if (!known)
            return broken("a tag's user, movie or text is out of range", t, err);
    }
    return HR_OK;
}

static hr_status check_text(const hr_dataset *d, hr_error *err)
{
    if (!d->text.ptr)
        return HR_OK;
    if (d->text.movies != d->ratings.movies)
        return broken("text features and movies differ in number", d->text.movies, err);
    return hr_text_check(&d->text, "the dataset", err);
}

hr_status hr_dataset_check(const hr_dataset *d, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(check_ids(&d->user_id, d->ratings.users, "user ids are too few or out of order", err));
    HR_TRY(check_ids(&d->movie_id, d->ratings.movies, "movie ids are too few or out of order", err));
    if (d->title.count != d->ratings.movies)
        HR_TRY(broken("titles and movies differ in number", d->title.count, err));
    HR_TRY(hr_genres_check(&d->genres, d->ratings.movies, "the dataset", err));
    HR_TRY(check_ratings(&d->ratings, err));
    HR_TRY(check_scale(d, err));
    HR_TRY(check_tags(d, err));
    HR_TRY(check_text(d, err));
done:
    return status;
}

bool hr_dataset_is_valid(const hr_dataset *d)
{
    hr_error ignored;
    return hr_dataset_check(d, &ignored) == HR_OK;
}
