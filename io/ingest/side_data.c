#include "io/ingest/side_data.h"

#include "io/base/memory.h"
#include "io/base/search.h"
#include "io/features/words.h"
#include "io/ingest/id_union.h"

#include <string.h>

/* What is known of a movie. */
struct hr_listed_movie {
    int64_t title; /* its place in the list's titles, plus 1; 0: none */
    int64_t imdb, tmdb;
    int32_t year;
    bool has_genres;
};

/* A genre of a movie: both are numbers in the list. */
struct hr_listed_genre {
    int64_t movie;
    int32_t genre;
};

void hr_movie_list_free(hr_movie_list *l)
{
    hr_dictionary_free(&l->id);
    hr_dictionary_free(&l->genre_name);
    hr_strings_free(&l->title);
    free(l->movie);
    free(l->genre);
    *l = (hr_movie_list){0};
}

static hr_status add_genre(hr_movie_list *l, int64_t movie, hr_text_piece name, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t genre = 0;
    HR_TRY(hr_dictionary_number(&l->genre_name, name.at, name.length, &genre, err));
    HR_GROW(l->genre, l->genre_capacity, l->genres + 1);
    l->genre[l->genres++] = (hr_listed_genre){movie, (int32_t)genre};
done:
    return status;
}

hr_status hr_movie_list_add(hr_movie_list *l, const hr_item_row *row, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t known = l->id.count;
    int64_t number = 0;
    HR_TRY(hr_dictionary_number(&l->id, row->id.at, row->id.length, &number, err));
    if (l->id.count > known) {
        HR_GROW(l->movie, l->movie_capacity, l->id.count);
        l->movie[number] = (hr_listed_movie){0};
    }
    hr_listed_movie *movie = &l->movie[number];
    if (movie->title == 0 && row->title.length > 0) {
        HR_TRY(hr_strings_append(&l->title, row->title.at, row->title.length, err));
        movie->title = l->title.count;
    }
    movie->imdb = movie->imdb ? movie->imdb : row->imdb;
    movie->tmdb = movie->tmdb ? movie->tmdb : row->tmdb;
    movie->year = movie->year ? movie->year : row->year;
    for (int64_t g = 0; g < row->genres && !movie->has_genres; g++)
        HR_TRY(add_genre(l, number, row->genre[g], err));
    movie->has_genres |= row->genres > 0;
done:
    return status;
}

static hr_status take_item(void *context, const hr_item_row *row, hr_error *err)
{
    return hr_movie_list_add(context, row, err);
}

static int by_movie(const void *a, const void *b)
{
    const hr_listed_genre *x = a, *y = b;
    if (x->movie != y->movie)
        return x->movie < y->movie ? -1 : 1;
    return (x->genre > y->genre) - (x->genre < y->genre);
}

void hr_movie_list_sort(hr_movie_list *l)
{
    if (l->genres > 0)
        qsort(l->genre, (size_t)l->genres, sizeof *l->genre, by_movie);
}

hr_status hr_movie_list_read(hr_movie_list *l, const hr_source *source, hr_error *err)
{
    const hr_status status = hr_source_items(source, take_item, l, &l->bad, err);
    if (status == HR_OK && l->id.count > 0 && l->genres == 0)
        hr_side_report_note(&l->bad, "no genres: none of the files beside the ratings has any");
    hr_movie_list_sort(l);
    return status;
}

static hr_status append_names(const hr_dictionary *names, hr_strings *out, hr_error *err)
{
    hr_status status = HR_OK;
    char buffer[HR_ID_BUFFER];
    for (int64_t g = 0; g < names->count && status == HR_OK; g++) {
        const char *name = hr_dictionary_text(names, g, buffer);
        status = hr_strings_append(out, name, (int64_t)strlen(name), err);
    }
    return status;
}

/* Genres of listed movie `index`, into `genre`, which has room for all: their number. */
static int64_t genres_of(const hr_movie_list *l, const int64_t *first, int64_t index, int32_t *genre)
{
    int64_t count = 0;
    for (int64_t i = first[index]; i < first[index + 1]; i++)
        genre[count++] = l->genre[i].genre;
    return count;
}

/* Offsets of each listed movie's genres: first [id.count + 1]. */
static void offset_genres(const hr_movie_list *l, int64_t *first)
{
    int64_t i = 0;
    for (int64_t m = 0; m <= l->id.count; m++) {
        while (i < l->genres && l->genre[i].movie < m)
            i++;
        first[m] = i;
    }
}

/* Appends movie m, which is listed as number `index`, or not. */
static hr_status fill_movie(const hr_movie_list *l, int64_t index, const int64_t *first, int32_t *genre,
                            hr_dataset *d, int64_t m, hr_error *err)
{
    static const hr_listed_movie unknown = {0};
    hr_status status = HR_OK;
    const hr_listed_movie *movie = index == HR_NOT_FOUND ? &unknown : &l->movie[index];
    const char *title = movie->title ? hr_strings_at(&l->title, movie->title - 1) : "";
    const int64_t genres = index == HR_NOT_FOUND ? 0 : genres_of(l, first, index, genre);
    int64_t name_length = 0;
    HR_TRY(hr_strings_append(&d->title, title, (int64_t)strlen(title), err));
    HR_TRY(hr_genres_append(&d->genres, genre, genres, err));
    d->year[m] = movie->year ? movie->year : hr_title_year(title, &name_length);
    d->imdb[m] = movie->imdb;
    d->tmdb[m] = movie->tmdb;
done:
    return status;
}

hr_status hr_movie_list_fill(const hr_movie_list *l, hr_dataset *d, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t movies = d->movie_id.count;
    int64_t *place = NULL, *index = NULL, *first = NULL;
    int32_t *genre = NULL;
    HR_ALLOC(d->year, movies);
    HR_ALLOC(d->imdb, movies);
    HR_ALLOC(d->tmdb, movies);
    HR_ALLOC(place, l->id.count);
    HR_ALLOC(index, movies);
    HR_ALLOC(first, l->id.count + 1);
    HR_ALLOC(genre, l->genres);
    hr_id_positions(&d->movie_id, &l->id, place);
    offset_genres(l, first);
    for (int64_t m = 0; m < movies; m++)
        index[m] = HR_NOT_FOUND;
    for (int64_t i = 0; i < l->id.count; i++)
        if (place[i] != HR_NOT_FOUND)
            index[place[i]] = i;
    HR_TRY(append_names(&l->genre_name, &d->genres.name, err));
    for (int64_t m = 0; m < movies; m++)
        HR_TRY(fill_movie(l, index[m], first, genre, d, m, err));
done:
    free(genre);
    free(first);
    free(index);
    free(place);
    return status;
}

/* Tags under way. */
typedef struct tags {
    hr_dataset *out;
    hr_dictionary name;        /* in the order of their first mention */
    hr_dictionary user, movie; /* all, by their numbers */
    int64_t *strangers, user_capacity, movie_capacity, text_capacity, time_capacity;
} tags;

static hr_status take_tag(void *context, const hr_tag_row *row, hr_error *err)
{
    tags *t = context;
    hr_dataset *d = t->out;
    hr_status status = HR_OK;
    int64_t text = 0;
    const int64_t user = hr_dictionary_find(&t->user, row->user.at, row->user.length);
    const int64_t movie = hr_dictionary_find(&t->movie, row->item.at, row->item.length);
    if (user == HR_NOT_FOUND || movie == HR_NOT_FOUND) {
        ++*t->strangers;
        return HR_OK;
    }
    HR_TRY(hr_dictionary_number(&t->name, row->text.at, row->text.length, &text, err));
    HR_GROW(d->tag_user, t->user_capacity, d->tags + 1);
    HR_GROW(d->tag_movie, t->movie_capacity, d->tags + 1);
    HR_GROW(d->tag_text, t->text_capacity, d->tags + 1);
    HR_GROW(d->tag_time, t->time_capacity, d->tags + 1);
    d->tag_user[d->tags] = (int32_t)user;
    d->tag_movie[d->tags] = (int32_t)movie;
    d->tag_text[d->tags] = (int32_t)text;
    d->tag_time[d->tags++] = row->time;
done:
    return status;
}

/* Numbers the texts of tags in the order of their bytes. */
static hr_status sort_names(const hr_dictionary *names, hr_dataset *d, hr_error *err)
{
    hr_status status = HR_OK;
    hr_strings mentioned = {0};
    int32_t *number = NULL;
    HR_TRY(append_names(names, &mentioned, err));
    HR_TRY(hr_strings_number(&mentioned, &d->tag_name, &number, err));
    for (int64_t i = 0; i < d->tags; i++)
        d->tag_text[i] = number[d->tag_text[i]];
done:
    free(number);
    hr_strings_free(&mentioned);
    return status;
}

/* A dictionary that gives ids their numbers in the list. */
static hr_status index_ids(const hr_ids *ids, hr_dictionary *dictionary, hr_error *err)
{
    hr_status status = HR_OK;
    char buffer[HR_ID_BUFFER];
    int64_t number = 0;
    for (int64_t i = 0; i < ids->count && status == HR_OK; i++) {
        const char *text = hr_ids_text(ids, i, buffer);
        status = hr_dictionary_number(dictionary, text, (int64_t)strlen(text), &number, err);
    }
    return status;
}

hr_status hr_tags_fill(hr_give_tags *give, const void *source, hr_dataset *d, int64_t *strangers,
                       hr_side_report *bad, hr_error *err)
{
    hr_status status = HR_OK;
    tags t = {.out = d, .strangers = strangers};
    *strangers = 0;
    HR_TRY(index_ids(&d->user_id, &t.user, err));
    HR_TRY(index_ids(&d->movie_id, &t.movie, err));
    HR_TRY(give(source, take_tag, &t, bad, err));
    HR_TRY(sort_names(&t.name, d, err));
done:
    hr_dictionary_free(&t.user);
    hr_dictionary_free(&t.movie);
    hr_dictionary_free(&t.name);
    return status;
}

static hr_status give_tags(const void *source, hr_take_tag *take, void *context, hr_side_report *bad,
                           hr_error *err)
{
    return hr_source_tags(source, take, context, bad, err);
}

hr_status hr_tags_read(const hr_source *source, hr_dataset *d, int64_t *strangers, hr_side_report *bad,
                       hr_error *err)
{
    return hr_tags_fill(give_tags, source, d, strangers, bad, err);
}
