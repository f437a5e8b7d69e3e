/* Raw ratings as a reader finds them, in any order and with original ids, made into a dataset. */
#ifndef HR_IO_READERS_IMPORT_H
#define HR_IO_READERS_IMPORT_H

#include "io/base/error.h"
#include "io/dataset/dataset.h"

#include <stdint.h>

/* One rating as read. */
typedef struct hr_raw_rating {
    int64_t user, movie; /* original ids */
    int64_t time;
    float value;
    uint8_t split; /* HR_TRAIN unless the source comes split */
} hr_raw_rating;

typedef struct hr_raw_tag {
    int64_t user, movie, time;
    int32_t text; /* number in hr_raw.tag_name */
} hr_raw_tag;

/* What a movie list said of one movie. */
typedef struct hr_raw_movie {
    int64_t id, imdb, tmdb;
    int64_t title; /* number in hr_raw.title */
} hr_raw_movie;

/* Everything one source holds. Zero-initialise; free with hr_raw_free. */
typedef struct hr_raw {
    hr_raw_rating *rating;
    int64_t ratings, rating_capacity;
    hr_raw_movie *movie;
    int64_t movies, movie_capacity;
    hr_raw_tag *tag;
    int64_t tags, tag_capacity;
    hr_strings title, tag_name;
    hr_genres genres; /* of `movie`, in its order */
    int given_split;  /* whether the source comes split */
} hr_raw;

typedef struct hr_import_options {
    float min_rating;  /* ratings below it are dropped */
    const char *split; /* as hr_split_parse reads it, or NULL: given where the source comes split, else
                        * ratio:0.8,0.1,0.1 */
    uint64_t seed;
} hr_import_options;

/* What hr_import left out, to be reported to the user. */
typedef struct hr_import_report {
    int64_t below_minimum; /* ratings dropped by min_rating */
    int64_t duplicates;    /* the same user and movie again: the latest in time was kept; a train and a
                            * test mention of the same pair count here too, train wins */
    int64_t tags_dropped;  /* tags of users or movies without a rating or a listing */
} hr_import_report;

void hr_raw_free(hr_raw *raw);

/* Sorts and renumbers: users with a rating left, and all listed or rated movies, each in ascending order of
 * id; a rated movie that no list names has an empty title. The year is that in the last parentheses of a
 * title ("(1995)", "(1995-1998)" gives 1995).
 *   dataset  zero-initialised; the caller frees it with hr_dataset_free, also after a failure
 *
 * HR_INPUT where no rating is left, or for `split` "given" where the source is not split; HR_USAGE for
 * another `split` that hr_split_parse refuses; HR_MEMORY. */
hr_status hr_import(const hr_raw *raw, const hr_import_options *options, const char *source,
                    hr_dataset *dataset, hr_import_report *report, hr_error *err);

#endif
