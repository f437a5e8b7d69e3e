#include "io/features/item_features.h"

#include "io/base/memory.h"
#include "io/base/search.h"
#include "io/base/utf8.h"
#include "io/hdf5/h5.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    NOWHERE = -1,
    FLOATS_AT_ONCE = 1 << 20 /* as many are read at a time: the file may hold far more movies than we keep */
};

static hr_status check_arrays(hr_h5 *file, hr_error *err)
{
    const char *path = hr_h5_path(file);
    const hr_h5_content features = hr_h5_content_of(file, "features"),
                        ids = hr_h5_content_of(file, "movie_id");
    if (features == HR_H5_NONE)
        return hr_fail(err, HR_INPUT,
                       "%s: has no array \"features\"; expected a float matrix of a row a movie", path);
    if (features != HR_H5_FLOATS)
        return hr_fail(err, HR_INPUT, "%s: \"features\" does not hold floats; expected 32 or 64 bit floats",
                       path);
    if (ids != HR_H5_NONE && ids != HR_H5_INTEGERS && ids != HR_H5_STRINGS)
        return hr_fail(
            err, HR_INPUT,
            "%s: \"movie_id\" holds neither whole numbers nor strings; expected original movie ids", path);
    return HR_OK;
}

static hr_status check_shape(hr_h5 *file, int64_t rows, int64_t columns, int64_t movies, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t ids = 0, id_columns = 0;
    if (rows < 1 || columns < 1 || columns > INT32_MAX)
        HR_TRY(hr_fail(err, HR_INPUT,
                       "%s: \"features\" is %" PRId64 " x %" PRId64
                       "; expected a row a movie, a column or more",
                       hr_h5_path(file), rows, columns));
    if (hr_h5_content_of(file, "movie_id") == HR_H5_NONE) {
        if (rows != movies)
            HR_TRY(hr_fail(err, HR_INPUT,
                           "%s: \"features\" has %" PRId64 " rows, the dataset %" PRId64
                           " movies; add an array \"movie_id\" that says whose rows they are",
                           hr_h5_path(file), rows, movies));
        goto done;
    }
    HR_TRY(hr_h5_shape(file, "movie_id", &ids, &id_columns, err));
    if (ids != rows || id_columns != 1)
        HR_TRY(hr_fail(err, HR_INPUT,
                       "%s: \"movie_id\" is %" PRId64 " x %" PRId64
                       ", expected an id for each of the %" PRId64 " rows of \"features\"",
                       hr_h5_path(file), ids, id_columns, rows));
done:
    return status;
}

static hr_status stands_twice(const hr_h5 *file, const char *id, int64_t first, int64_t second, hr_error *err)
{
    char shown[HR_ESCAPED_LENGTH];
    return hr_fail(err, HR_INPUT,
                   "%s: movie_id %s stands in rows %" PRId64 " and %" PRId64
                   " (counted from 0); expected each id once",
                   hr_h5_path(file), hr_escape(shown, sizeof shown, id, (int64_t)strlen(id)), first, second);
}

/* Reads ids as they are written. HDF5 converts what the type has no room for to the type's limit. */
static hr_status read_integers(hr_h5 *file, int64_t count, hr_strings *text, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t *integer = NULL;
    uint64_t *large = NULL;
    HR_ALLOC(integer, count);
    HR_ALLOC(large, count);
    HR_TRY(hr_h5_read_rows(file, "movie_id", HR_H5_I64, 0, count, 1, integer, err));
    HR_TRY(hr_h5_read_rows(file, "movie_id", HR_H5_U64, 0, count, 1, large, err));
    for (int64_t i = 0; i < count; i++) {
        char id[HR_ID_BUFFER];
        const int length = integer[i] == INT64_MAX ? snprintf(id, sizeof id, "%" PRIu64, large[i])
                                                   : snprintf(id, sizeof id, "%" PRId64, integer[i]);
        HR_TRY(hr_strings_append(text, id, length, err));
    }
done:
    free(large);
    free(integer);
    return status;
}

/* Finds the movie of each row by its id. */
static hr_status match_ids(const hr_h5 *file, const hr_strings *id, const hr_ids *movie_id, int64_t *movie_of,
                           hr_error *err)
{
    hr_status status = HR_OK;
    int64_t found = 0, *row_of = NULL; /* [movies] the movie's row, plus 1 */
    HR_ALLOC(row_of, movie_id->count);
    for (int64_t i = 0; i < id->count; i++) {
        const char *text = hr_strings_at(id, i);
        const int64_t m = hr_ids_find(movie_id, text, (int64_t)strlen(text));
        movie_of[i] = m == HR_NOT_FOUND ? NOWHERE : m;
        if (m == HR_NOT_FOUND)
            continue;
        if (row_of[m] > 0)
            HR_TRY(stands_twice(file, text, row_of[m] - 1, i, err));
        row_of[m] = i + 1;
        found++;
    }
    if (found == 0)
        HR_TRY(hr_fail(err, HR_INPUT,
                       "%s: none of its %" PRId64
                       " movie ids is in the dataset; expected original ids, as the ratings have them",
                       hr_h5_path(file), id->count));
done:
    free(row_of);
    return status;
}

/* The movie of each row, movie_of [rows], or NOWHERE. */
static hr_status find_movies(hr_h5 *file, int64_t rows, const hr_ids *movie_id, int64_t *movie_of,
                             hr_error *err)
{
    hr_status status = HR_OK;
    hr_strings id = {0};
    const hr_h5_content content = hr_h5_content_of(file, "movie_id");
    for (int64_t i = 0; i < rows; i++)
        movie_of[i] = i;
    if (content == HR_H5_NONE)
        return HR_OK;
    if (content == HR_H5_STRINGS)
        HR_TRY(hr_h5_read_strings(file, "movie_id", 0, rows, &id, err));
    else
        HR_TRY(read_integers(file, rows, &id, err));
    HR_TRY(match_ids(file, &id, movie_id, movie_of, err));
done:
    hr_strings_free(&id);
    return status;
}

static hr_status check_finite(const hr_h5 *file, const float *block, int64_t first, int64_t count,
                              int64_t columns, hr_error *err)
{
    for (int64_t i = 0; i < count * columns; i++)
        if (!isfinite(block[i]))
            return hr_fail(err, HR_INPUT,
                           "%s: \"features\" row %" PRId64 ", column %" PRId64
                           " (counted from 0): found %g, expected a finite 32-bit float",
                           hr_h5_path(file), first + i / columns, i % columns, (double)block[i]);
    return HR_OK;
}

static hr_status read_rows(hr_h5 *file, int64_t rows, int64_t columns, const int64_t *movie_of, float *out,
                           hr_error *err)
{
    hr_status status = HR_OK;
    float *block = NULL;
    const int64_t at_once = columns < FLOATS_AT_ONCE ? FLOATS_AT_ONCE / columns : 1;
    HR_ALLOC(block, (rows < at_once ? rows : at_once) * columns);
    for (int64_t first = 0; first < rows; first += at_once) {
        const int64_t count = rows - first < at_once ? rows - first : at_once;
        HR_TRY(hr_h5_read_rows(file, "features", HR_H5_F32, first, count, columns, block, err));
        HR_TRY(check_finite(file, block, first, count, columns, err));
        for (int64_t i = 0; i < count; i++)
            if (movie_of[first + i] != NOWHERE)
                memcpy(out + movie_of[first + i] * columns, block + i * columns,
                       (size_t)columns * sizeof *block);
    }
done:
    free(block);
    return status;
}

hr_status hr_item_features_read(const char *path, const hr_ids *movie_id, float **rows, int64_t *columns,
                                hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    int64_t *movie_of = NULL, count = 0;
    *rows = NULL;
    HR_TRY(hr_h5_open_foreign(&file, path, err));
    HR_TRY(check_arrays(file, err));
    HR_TRY(hr_h5_shape(file, "features", &count, columns, err));
    HR_TRY(check_shape(file, count, *columns, movie_id->count, err));
    HR_ALLOC(movie_of, count);
    HR_TRY(find_movies(file, count, movie_id, movie_of, err));
    HR_ALLOC(*rows, movie_id->count * *columns);
    HR_TRY(read_rows(file, count, *columns, movie_of, *rows, err));
done:
    if (status != HR_OK) {
        free(*rows);
        *rows = NULL;
    }
    free(movie_of);
    hr_h5_close(file);
    return status;
}
