/* Movies as JSON. All values are to be checked as io/base/json.h says. Local. */
#ifndef HR_TRAINER_CATALOGUE_MOVIE_JSON_H
#define HR_TRAINER_CATALOGUE_MOVIE_JSON_H

#include "trainer/catalogue/catalogue.h"

#include <jansson.h>

/* The names of a movie's genres, a list of strings. */
json_t *hr_genres_json(const hr_catalogue *catalogue, int64_t movie);

/* An object with the keys movie, title, genres and, where it is known, year. */
json_t *hr_movie_json(const hr_catalogue *catalogue, int64_t movie);

#endif
