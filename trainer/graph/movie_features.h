/* Features of movies, which are known whether anybody has rated them or not, as numbers that models multiply:
 *
 *   genres              0 or 1, a column each
 *   period of release   0 or 1, five years each: a user of 1996 cannot have rated a film of 2015
 *   age in catalogue    a catalogue numbers its movies as it adds them, so that an old film with a high id
 *                       was not there for users who left before. log2 of the id lies between two of evenly
 *                       spaced points, a column each, whose values add up to 1: linear interpolation
 *   imported ones       io/features/item_features.h
 *
 * A feature is a function of one movie alone, the same in a dataset with more movies. A movie without a year
 * comes from no catalogue, and its id may tell nothing of its age: it has neither period nor age. */
#ifndef HR_TRAINER_GRAPH_MOVIE_FEATURES_H
#define HR_TRAINER_GRAPH_MOVIE_FEATURES_H

#include "io/base/error.h"
#include "io/dataset/genres.h"
#include "io/dataset/ids.h"

#include <stdint.h>

/* Zero-initialise; free with hr_movie_features_free. */
typedef struct hr_movie_features {
    int64_t movies;
    hr_genres genres;       /* [movies] */
    int32_t *year;          /* [movies] 0 where unknown */
    hr_ids id;              /* [movies] original ones; text tells nothing of age */
    float *imported;        /* [movies x imported_count] */
    int64_t imported_count; /* 0 without */
} hr_movie_features;

/* Reads what is known of all movies from the dataset file at `path`, and from the file at `imported`, unless
 * that is "". Each process by itself. The errors of hr_dataset_open and hr_item_features_read. */
hr_status hr_movie_features_read(hr_movie_features *features, const char *path, const char *imported,
                                 hr_error *err);
void hr_movie_features_free(hr_movie_features *features);

/* Columns of a row. */
int64_t hr_movie_features_count(const hr_movie_features *features);

/* Writes the row of movie number `movie`: hr_movie_features_count floats. */
void hr_movie_features_row(const hr_movie_features *features, int64_t movie, float *row);

#endif
