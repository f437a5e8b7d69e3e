#include "io/additions/dataset_rows.h"

#include "io/additions/row_batch.h"
#include "io/base/memory.h"
#include "io/dataset/ids_file.h"

#include <string.h>

enum { RATINGS_AT_ONCE = 1 << 20 };

hr_status hr_dataset_source_open(hr_dataset_source *s, const hr_comm *comm, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    s->path = path;
    HR_TRY(hr_dataset_open(&s->file, &s->summary, path, err));
    HR_TRY(hr_ids_read(s->file, "user/id", 0, s->summary.users, &s->user, err));
    HR_TRY(hr_ids_read(s->file, "movie/id", 0, s->summary.movies, &s->movie, err));
done:
    return hr_agree(comm, status, NULL, err);
}

void hr_dataset_source_close(hr_dataset_source *s)
{
    hr_ids_free(&s->user);
    hr_ids_free(&s->movie);
    hr_h5_close(s->file);
    *s = (hr_dataset_source){0};
}

/* The library reads for one thread at a time. */
static hr_status read_slice(const hr_dataset_source *s, int64_t first_user, int64_t users, hr_ratings *slice,
                            hr_error *err)
{
    hr_status status = HR_OK;
#pragma omp critical(hr_dataset_source_file)
    {
        status = hr_dataset_read_slice(s->file, first_user, users, 0.0, slice, err);
        if (status == HR_OK)
            status = hr_dataset_read_values(s->file, slice, err);
        if (status == HR_OK)
            status = hr_dataset_read_times(s->file, slice, err);
    }
    return status;
}

static hr_status hand_over(const hr_dataset_source *s, const hr_ratings *r, hr_row_batch *batch,
                           hr_error *err)
{
    hr_status status = HR_OK;
    char user[HR_ID_BUFFER], movie[HR_ID_BUFFER];
    for (int64_t u = 0; u < r->users; u++) {
        const char *id = hr_ids_text(&s->user, r->first_user + u, user);
        for (int64_t i = r->ptr[u]; i < r->ptr[u + 1]; i++)
            HR_TRY(hr_row_batch_add(batch, id, hr_ids_text(&s->movie, r->movie[i], movie), r->value[i],
                                    r->time[i], r->split[i], err));
    }
done:
    return status;
}

static hr_status read_share(const void *source, int64_t piece, int64_t pieces, hr_take_rows *take,
                            void *context, hr_bad_lines *bad, hr_error *err)
{
    (void)bad;
    const hr_dataset_source *s = source;
    hr_row_batch batch = {.take = take, .context = context};
    hr_status status = HR_OK;
    hr_ratings slice = {0};
    const int64_t users = s->summary.users, end = users * (piece + 1) / pieces;
    const int64_t at_once = 1 + RATINGS_AT_ONCE / (1 + s->summary.ratings / users);
    for (int64_t first = users * piece / pieces; first < end; first += at_once) {
        HR_TRY(read_slice(s, first, end - first < at_once ? end - first : at_once, &slice, err));
        HR_TRY(hand_over(s, &slice, &batch, err));
        hr_ratings_free(&slice);
    }
    HR_TRY(hr_row_batch_flush(&batch, err));
done:
    hr_ratings_free(&slice);
    hr_row_batch_free(&batch);
    return status;
}

hr_row_source hr_dataset_source_rows(const hr_dataset_source *source)
{
    return (hr_row_source){read_share, NULL, source, source->path};
}

/* What the file says of all movies. */
typedef struct movies {
    hr_strings title;
    hr_genres genres;
    int32_t *year;
    int64_t *imdb, *tmdb;
    hr_text_piece *genre; /* [names] of one movie */
} movies;

static hr_status read_movies(movies *m, const hr_dataset_source *s, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t count = s->summary.movies;
    HR_TRY(hr_h5_read_strings(s->file, "movie/title", 0, count, &m->title, err));
    HR_TRY(hr_genres_read(s->file, count, &m->genres, err));
    HR_ALLOC(m->year, count);
    HR_ALLOC(m->imdb, count);
    HR_ALLOC(m->tmdb, count);
    HR_ALLOC(m->genre, m->genres.name.count);
    HR_TRY(hr_h5_read_rows(s->file, "movie/year", HR_H5_I32, 0, count, 1, m->year, err));
    HR_TRY(hr_h5_read_rows(s->file, "movie/imdb", HR_H5_I64, 0, count, 1, m->imdb, err));
    HR_TRY(hr_h5_read_rows(s->file, "movie/tmdb", HR_H5_I64, 0, count, 1, m->tmdb, err));
done:
    return status;
}

static void movies_free(movies *m)
{
    hr_strings_free(&m->title);
    hr_genres_free(&m->genres);
    free(m->year);
    free(m->imdb);
    free(m->tmdb);
    free(m->genre);
}

static hr_status add_movie(hr_movie_list *list, const movies *m, const hr_ids *ids, int64_t movie,
                           hr_error *err)
{
    char buffer[HR_ID_BUFFER];
    hr_item_row row = {.id = hr_piece_of(hr_ids_text(ids, movie, buffer)),
                       .title = hr_piece_of(hr_strings_at(&m->title, movie)),
                       .genre = m->genre,
                       .year = m->year[movie],
                       .imdb = m->imdb[movie],
                       .tmdb = m->tmdb[movie]};
    for (int64_t i = m->genres.ptr[movie]; i < m->genres.ptr[movie + 1]; i++)
        m->genre[row.genres++] = hr_piece_of(hr_strings_at(&m->genres.name, m->genres.genre[i]));
    return hr_movie_list_add(list, &row, err);
}

hr_status hr_dataset_source_movies(const hr_dataset_source *s, hr_movie_list *list, hr_error *err)
{
    hr_status status = HR_OK;
    movies m = {0};
    int64_t number = 0;
    HR_TRY(read_movies(&m, s, err));
    for (int64_t g = 0; g < m.genres.name.count; g++) {
        const char *name = hr_strings_at(&m.genres.name, g);
        HR_TRY(hr_dictionary_number(&list->genre_name, name, (int64_t)strlen(name), &number, err));
    }
    for (int64_t movie = 0; movie < s->summary.movies; movie++)
        HR_TRY(add_movie(list, &m, &s->movie, movie, err));
    hr_movie_list_sort(list);
done:
    movies_free(&m);
    return status;
}

/* All tags of the file: numbers of users, movies and texts. */
typedef struct tags {
    int64_t count;
    int32_t *user, *movie, *text;
    int64_t *time;
    hr_strings name;
} tags;

static hr_status read_tags(tags *t, const hr_dataset_source *s, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t names = 0;
    HR_TRY(hr_h5_shape(s->file, "tag/user", &t->count, NULL, err));
    HR_TRY(hr_h5_shape(s->file, "tag/name", &names, NULL, err));
    HR_ALLOC(t->user, t->count);
    HR_ALLOC(t->movie, t->count);
    HR_ALLOC(t->text, t->count);
    HR_ALLOC(t->time, t->count);
    HR_TRY(hr_h5_read_rows(s->file, "tag/user", HR_H5_I32, 0, t->count, 1, t->user, err));
    HR_TRY(hr_h5_read_rows(s->file, "tag/movie", HR_H5_I32, 0, t->count, 1, t->movie, err));
    HR_TRY(hr_h5_read_rows(s->file, "tag/text", HR_H5_I32, 0, t->count, 1, t->text, err));
    HR_TRY(hr_h5_read_rows(s->file, "tag/time", HR_H5_I64, 0, t->count, 1, t->time, err));
    HR_TRY(hr_h5_read_strings(s->file, "tag/name", 0, names, &t->name, err));
    for (int64_t i = 0; i < t->count; i++)
        if (t->user[i] < 0 || t->user[i] >= s->summary.users || t->movie[i] < 0 ||
            t->movie[i] >= s->summary.movies || t->text[i] < 0 || t->text[i] >= names)
            HR_TRY(hr_fail(err, HR_INPUT, "%s: a tag of a user, movie or text that it has not; it is damaged",
                           s->path));
done:
    return status;
}

static hr_status give_tags(const void *source, hr_take_tag *take, void *context, hr_side_report *bad,
                           hr_error *err)
{
    (void)bad;
    const hr_dataset_source *s = source;
    hr_status status = HR_OK;
    tags t = {0};
    char user[HR_ID_BUFFER], movie[HR_ID_BUFFER];
    HR_TRY(read_tags(&t, s, err));
    for (int64_t i = 0; i < t.count; i++)
        HR_TRY(take(context,
                    &(hr_tag_row){.user = hr_piece_of(hr_ids_text(&s->user, t.user[i], user)),
                                  .item = hr_piece_of(hr_ids_text(&s->movie, t.movie[i], movie)),
                                  .text = hr_piece_of(hr_strings_at(&t.name, t.text[i])),
                                  .time = t.time[i]},
                    err));
done:
    free(t.user);
    free(t.movie);
    free(t.text);
    free(t.time);
    hr_strings_free(&t.name);
    return status;
}

hr_status hr_dataset_source_tags(const hr_dataset_source *s, hr_dataset *dataset, hr_error *err)
{
    int64_t strangers = 0;
    hr_side_report bad = {0};
    return hr_tags_fill(give_tags, s, dataset, &strangers, &bad, err);
}
