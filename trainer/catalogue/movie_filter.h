/* Which movies a list may contain: by genre, year, popularity, and lists of movies in files. */
#ifndef HR_TRAINER_CATALOGUE_MOVIE_FILTER_H
#define HR_TRAINER_CATALOGUE_MOVIE_FILTER_H

#include "io/base/error.h"
#include "trainer/catalogue/catalogue.h"

#include <stdbool.h>
#include <stdint.h>

/* What is asked for, as options have it; "" or NULL asks for nothing. A movie has to meet all that is asked. */
typedef struct hr_movie_filter {
    const char *genre;         /* "Drama,Comedy": a movie has one of these; capitals do not count */
    const char *without_genre; /* and none of these */
    const char *year; /* "1990:1999", "1990:", ":1999" or "1990"; a movie without a year does not meet it */
    const char *
        popularity; /* "10:100": of so many train ratings; or "50%:99%": quantiles of these over movies that have
                                  a train rating, the others not meeting it */
    const char *allow;   /* file of movies, an id or a title a line; no other meets it */
    const char *exclude; /* likewise; these do not */
} hr_movie_filter;

/* Whether anything is asked for, and whether popularity is. */
bool hr_movie_filter_asks(const hr_movie_filter *filter);
bool hr_movie_filter_asks_popularity(const hr_movie_filter *filter);

/* Sets allowed[m] to 0 for each movie that does not meet it; others stay.
 *   allowed  [catalogue->movies]
 *   ratings  [catalogue->movies] train ratings of each movie; may be NULL unless popularity is asked for
 * Local: each rank that needs the result calls it. HR_USAGE, naming the option, for what cannot be read or an unknown genre;
 * HR_INPUT, naming file and line, for an unknown movie; HR_IO, HR_MEMORY. */
hr_status hr_movie_filter_apply(const hr_movie_filter *filter, const hr_catalogue *catalogue,
                                const double *ratings, uint8_t *allowed, hr_error *err);

#endif
