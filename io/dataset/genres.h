/* Genres of movies, any number of them: in memory, and in a dataset file as
 *
 *   genre/name       string [genres]
 *   movie/genre_ptr  int64 [movies + 1], movie/genre int32 [ptr[movies]]: see hr_genres
 *
 * Files of version 1 have a word of bits a movie instead, movie/genres uint64 [movies], bit g for genre g. */
#ifndef HR_IO_DATASET_GENRES_H
#define HR_IO_DATASET_GENRES_H

#include "io/base/error.h"
#include "io/base/strings.h"
#include "io/hdf5/h5.h"

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise; free with hr_genres_free. */
typedef struct hr_genres {
    int64_t movies;
    int64_t *ptr; /* [movies + 1] */
    int32_t *
        genre; /* [ptr[movies]] numbers of `name`; of movie m those from ptr[m] up to ptr[m + 1], ascending */
    hr_strings name; /* of all genres */
    int64_t movie_capacity, genre_capacity;
} hr_genres;

void hr_genres_free(hr_genres *genres);

/* Appends the next movie, with `count` genres in any order, repeated or not. HR_MEMORY. */
hr_status hr_genres_append(hr_genres *genres, const int32_t *genre, int64_t count, hr_error *err);

/* Appends the next movie, with genre g where bit g is set. HR_MEMORY. */
hr_status hr_genres_append_bits(hr_genres *genres, uint64_t bits, hr_error *err);

/* How many genres a movie has. */
static inline int64_t hr_genres_of(const hr_genres *genres, int64_t movie)
{
    return genres->ptr[movie + 1] - genres->ptr[movie];
}

/* How many genres both movies have. */
int64_t hr_genres_shared(const hr_genres *genres, int64_t movie, int64_t other);

/* Whether `count` numbers ascend and are below `names`. */
bool hr_genres_in_order(const int32_t *genre, int64_t count, int64_t names);

/* Checks the promises of hr_genres, and that it has `movies` movies. HR_INPUT, naming `file` and the first broken one. */
hr_status hr_genres_check(const hr_genres *genres, int64_t movies, const char *file, hr_error *err);

hr_status hr_genres_write(hr_h5 *file, const hr_genres *genres, hr_error *err);

/* Checks that the shapes of the arrays in a dataset file fit `movies`. HR_INPUT. */
hr_status hr_genres_check_shapes(hr_h5 *file, int64_t movies, hr_error *err);

/* Reads the genres of all movies, of a file of any version. HR_INPUT where they are damaged; HR_MEMORY. */
hr_status hr_genres_read(hr_h5 *file, int64_t movies, hr_genres *genres, hr_error *err);

/* Appends to *joined the names of the genres of one movie, as one string joined by '|'.
 *   names  genre/name of the file
 * HR_INPUT where they are damaged; HR_MEMORY. */
hr_status hr_genres_read_joined(hr_h5 *file, const hr_strings *names, int64_t movie, hr_strings *joined,
                                hr_error *err);

#endif
