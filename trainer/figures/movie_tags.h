/* The tags that people gave each movie, and how often. */
#ifndef HR_TRAINER_FIGURES_MOVIE_TAGS_H
#define HR_TRAINER_FIGURES_MOVIE_TAGS_H

#include "io/base/strings.h"
#include "io/hdf5/h5.h"

#include <jansson.h>
#include <stdint.h>

/* A tag of a movie. */
typedef struct hr_movie_tag {
    int32_t tag; /* number of `name` */
    int32_t times;
} hr_movie_tag;

/* Threads share it. Zero-initialise; free with hr_movie_tags_free. */
typedef struct hr_movie_tags {
    int64_t movies;
    int64_t *ptr; /* [movies + 1] */
    hr_movie_tag
        *tag; /* [ptr[movies]] of movie m those from ptr[m] up to ptr[m + 1], the most frequent first */
    hr_strings name;
} hr_movie_tags;

/* Reads the tags of a dataset; of none where it has none. Tags that differ in capitals are different ones. Local.
 * HR_INPUT where they are damaged, HR_MEMORY. */
hr_status hr_movie_tags_read(hr_movie_tags *tags, hr_h5 *dataset, int64_t movies, hr_error *err);
void hr_movie_tags_free(hr_movie_tags *tags);

/* A list of tag, times. To be checked as io/base/json.h says. */
json_t *hr_movie_tags_json(const hr_movie_tags *tags, int64_t movie);

#endif
