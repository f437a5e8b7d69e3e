/* What a dataset says of its movies, to compare them by. */
#ifndef HR_TRAINER_RECOMMEND_KNOWN_MOVIES_H
#define HR_TRAINER_RECOMMEND_KNOWN_MOVIES_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/recommend/similarity.h"
#include "trainer/recommend/tag_similarity.h"

#include <stdint.h>

/* Zero-initialise; free with hr_known_movies_free. The similarities point into it: it must not move in
 * memory. */
typedef struct hr_known_movies {
    hr_genres genres;
    hr_tag_rows tags;
    hr_similarities similarity; /* by genres where there are any, by tags where there are any */
} hr_known_movies;

/* Reads genres and tags from the dataset file at `path`, on each rank: they grow with the catalogue, not with
 * the ratings. A file without text features has no tags. Collective; all ranks return the same status: HR_IO,
 * HR_INPUT, HR_MEMORY. */
hr_status hr_known_movies_read(hr_known_movies *known, const hr_comm *comm, const char *path, hr_error *err);
void hr_known_movies_free(hr_known_movies *known);

#endif
