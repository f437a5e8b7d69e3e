#include "io/base/memory.h"
#include "io/dataset/genres.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

enum { WORD_BITS = 64 };

static hr_status damaged(const char *file, int64_t movie, const char *what, hr_error *err)
{
    return hr_fail(err, HR_INPUT, "%s: the genres of movie number %" PRId64 " %s; the file is damaged", file,
                   movie, what);
}

hr_status hr_genres_write(hr_h5 *file, const hr_genres *g, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_h5_write(file, "movie/genre_ptr", HR_H5_I64, g->movies + 1, 1, g->ptr, err));
    HR_TRY(hr_h5_write(file, "movie/genre", HR_H5_I32, g->ptr[g->movies], 1, g->genre, err));
    HR_TRY(hr_h5_write_strings(file, "genre/name", &g->name, err));
done:
    return status;
}

/* Whether the file is of version 1. */
static bool has_words(hr_h5 *file)
{
    return hr_h5_content_of(file, "movie/genre_ptr") == HR_H5_NONE &&
           hr_h5_content_of(file, "movie/genres") == HR_H5_INTEGERS;
}

static hr_status expect_vector(hr_h5 *file, const char *name, int64_t rows, hr_error *err)
{
    int64_t found = 0, cols = 0;
    const hr_status status = hr_h5_shape(file, name, &found, &cols, err);
    if (status != HR_OK || (cols == 1 && (rows < 0 || found == rows)))
        return status;
    return hr_fail(err, HR_INPUT,
                   "%s: %s has %" PRId64 " x %" PRId64 " elements, expected %" PRId64
                   " x 1; the file is damaged",
                   hr_h5_path(file), name, found, cols, rows < 0 ? found : rows);
}

static hr_status check_words(hr_h5 *file, int64_t movies, hr_error *err)
{
    int64_t names = 0;
    hr_status status = HR_OK;
    HR_TRY(expect_vector(file, "movie/genres", movies, err));
    HR_TRY(hr_h5_shape(file, "genre/name", &names, NULL, err));
    if (names > WORD_BITS)
        HR_TRY(hr_fail(err, HR_INPUT, "%s: %" PRId64 " genres, expected at most %d; the file is damaged",
                       hr_h5_path(file), names, WORD_BITS));
done:
    return status;
}

hr_status hr_genres_check_shapes(hr_h5 *file, int64_t movies, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(expect_vector(file, "genre/name", -1, err));
    if (has_words(file))
        return check_words(file, movies, err);
    HR_TRY(expect_vector(file, "movie/genre_ptr", movies + 1, err));
    HR_TRY(expect_vector(file, "movie/genre", -1, err));
done:
    return status;
}

static hr_status read_words(hr_h5 *file, int64_t movies, hr_genres *g, hr_error *err)
{
    hr_status status = HR_OK;
    uint64_t *bits = NULL;
    HR_ALLOC(bits, movies);
    HR_TRY(hr_h5_read_rows(file, "movie/genres", HR_H5_U64, 0, movies, 1, bits, err));
    for (int64_t m = 0; m < movies; m++)
        HR_TRY(hr_genres_append_bits(g, bits[m], err));
done:
    free(bits);
    return status;
}

static hr_status read_lists(hr_h5 *file, int64_t movies, hr_genres *g, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t listed = 0;
    HR_TRY(hr_h5_shape(file, "movie/genre", &listed, NULL, err));
    HR_ALLOC(g->ptr, movies + 1);
    HR_ALLOC(g->genre, listed);
    g->movies = movies;
    g->movie_capacity = movies + 1;
    g->genre_capacity = listed;
    HR_TRY(hr_h5_read_rows(file, "movie/genre_ptr", HR_H5_I64, 0, movies + 1, 1, g->ptr, err));
    HR_TRY(hr_h5_read_rows(file, "movie/genre", HR_H5_I32, 0, listed, 1, g->genre, err));
    if (g->ptr[movies] != listed)
        HR_TRY(damaged(hr_h5_path(file), movies, "do not sum up", err));
done:
    return status;
}

hr_status hr_genres_read(hr_h5 *file, int64_t movies, hr_genres *genres, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t names = 0;
    *genres = (hr_genres){0};
    HR_TRY(hr_h5_shape(file, "genre/name", &names, NULL, err));
    HR_TRY(hr_h5_read_strings(file, "genre/name", 0, names, &genres->name, err));
    HR_TRY(has_words(file) ? read_words(file, movies, genres, err) : read_lists(file, movies, genres, err));
    HR_TRY(hr_genres_check(genres, movies, hr_h5_path(file), err));
done:
    if (status != HR_OK)
        hr_genres_free(genres);
    return status;
}

/* Reads one movie's genres as the only ones of *g, whose names stay empty. */
static hr_status read_movie(hr_h5 *file, int64_t movie, hr_genres *g, hr_error *err)
{
    hr_status status = HR_OK;
    uint64_t bits = 0;
    int64_t ptr[2] = {0, 0}, listed = 0;
    if (has_words(file)) {
        HR_TRY(hr_h5_read_rows(file, "movie/genres", HR_H5_U64, movie, 1, 1, &bits, err));
        return hr_genres_append_bits(g, bits, err);
    }
    HR_TRY(hr_h5_read_rows(file, "movie/genre_ptr", HR_H5_I64, movie, 2, 1, ptr, err));
    HR_TRY(hr_h5_shape(file, "movie/genre", &listed, NULL, err));
    if (ptr[0] < 0 || ptr[1] < ptr[0] || ptr[1] > listed)
        HR_TRY(damaged(hr_h5_path(file), movie, "are out of range", err));
    HR_ALLOC(g->genre, ptr[1] - ptr[0]);
    HR_ALLOC(g->ptr, 2);
    g->movies = 1;
    g->ptr[1] = ptr[1] - ptr[0];
    HR_TRY(hr_h5_read_rows(file, "movie/genre", HR_H5_I32, ptr[0], g->ptr[1], 1, g->genre, err));
done:
    return status;
}

hr_status hr_genres_read_joined(hr_h5 *file, const hr_strings *names, int64_t movie, hr_strings *joined,
                                hr_error *err)
{
    hr_status status = HR_OK;
    hr_genres g = {0};
    char *text = NULL;
    int64_t capacity = 0, length = 0;
    HR_TRY(read_movie(file, movie, &g, err));
    if (!hr_genres_in_order(g.genre, g.ptr[1], names->count))
        HR_TRY(damaged(hr_h5_path(file), movie, "are out of order", err));
    for (int64_t i = 0; i < g.ptr[1]; i++)
        for (const char *at = hr_strings_at(names, g.genre[i]), *end = at + strlen(at); at <= end; at++) {
            HR_GROW(text, capacity, length + 1);
            text[length++] = at < end ? *at : '|';
        }
    HR_TRY(hr_strings_append(joined, text ? text : "", length > 0 ? length - 1 : 0, err));
done:
    free(text);
    hr_genres_free(&g);
    return status;
}
