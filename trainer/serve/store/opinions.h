/* What a visitor thinks of movies: ratings, and clicks, which say that a movie was of interest. */
#ifndef HR_TRAINER_SERVE_STORE_OPINIONS_H
#define HR_TRAINER_SERVE_STORE_OPINIONS_H

#include "io/base/strings.h"
#include "trainer/serve/store/store.h"

/* Movies are by their ids as text. Zero-initialise; free with hr_opinions_free. */
typedef struct hr_opinions {
    int64_t count;
    hr_strings movie; /* [count] */
    double *value;    /* [count] of ratings; 0 of clicks */
    int64_t *time;    /* [count] */
    int64_t value_capacity, time_capacity;
} hr_opinions;

void hr_opinions_free(hr_opinions *opinions);

/* Keeps a rating, in the place of an older one of the same movie. */
hr_status hr_store_rate(hr_store *store, int64_t visitor, const char *movie, double value, int64_t now,
                        hr_error *err);

/* Keeps that a movie was opened. */
hr_status hr_store_click(hr_store *store, int64_t visitor, const char *movie, int64_t now, hr_error *err);

/* Removes the rating and the click of a movie; of all movies where it is NULL. *removed: how many ratings. */
hr_status hr_store_unrate(hr_store *store, int64_t visitor, const char *movie, int64_t *removed,
                          hr_error *err);

/* Appends all ratings of a visitor, the latest first. */
hr_status hr_store_ratings_of(hr_store *store, int64_t visitor, hr_opinions *ratings, hr_error *err);

/* Appends the latest `most` clicks of a visitor on movies that the visitor has not rated. */
hr_status hr_store_clicks_of(hr_store *store, int64_t visitor, int64_t most, hr_opinions *clicks,
                             hr_error *err);

#endif
