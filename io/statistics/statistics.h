/* What a dataset is like: how active users and how popular movies are, what values and times ratings have, which genres are
 * rated, how the graph hangs together, and how it is split. */
#ifndef HR_IO_STATISTICS_STATISTICS_H
#define HR_IO_STATISTICS_STATISTICS_H

#include "io/base/error.h"
#include "io/dataset/dataset.h"
#include "io/split/split_counts.h"
#include "io/statistics/frequencies.h"

#include <stdint.h>

typedef struct hr_genre_statistics {
    int64_t genre; /* number of hr_statistics.genre_name */
    int64_t movies, ratings;
    double mean; /* of the ratings */
} hr_genre_statistics;

/* Zero-initialise; free with hr_statistics_free. */
typedef struct hr_statistics {
    hr_dataset_summary data;
    int64_t rated_movies;
    double mean;                         /* of the values */
    hr_frequencies activity, popularity; /* ratings a user, ratings a rated movie */
    hr_frequencies values, times;        /* of the ratings */
    hr_split_counts split;
    int64_t components;                    /* of the graph of all ratings, whatever their part */
    int64_t largest_users, largest_movies; /* of the component with the most vertices */
    int64_t largest_ratings;
    hr_strings genre_name;
    int64_t genres;
    hr_genre_statistics *genre; /* [genres] those with the most ratings first */
} hr_statistics;

/* Reads a dataset file slice by slice. Holds some numbers a user and a movie, and some million ratings at a time. One
 * process. HR_IO, HR_INPUT, HR_MEMORY. */
hr_status hr_statistics_read(hr_statistics *s, const char *path, hr_error *err);
void hr_statistics_free(hr_statistics *s);

#endif
