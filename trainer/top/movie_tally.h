/* What the ratings of a period say of each movie. */
#ifndef HR_TRAINER_TOP_MOVIE_TALLY_H
#define HR_TRAINER_TOP_MOVIE_TALLY_H

#include "io/base/error.h"
#include "io/dataset/dataset.h"

#include <stdbool.h>
#include <stdint.h>

/* Which ratings are counted. */
typedef struct hr_tally_window {
    bool train_only; /* those of the train part alone, else all */
    int64_t since,
        until; /* seconds since 1970, both included; INT64_MIN and INT64_MAX: ratings without a time are
                             counted too */
    int64_t
        recent; /* length in seconds of the recent part, which ends with the last rating; 0: it is not told apart */
} hr_tally_window;

/* Zero-initialise; free with hr_movie_tally_free. */
typedef struct hr_movie_tally {
    int64_t movies;
    int64_t *ratings;        /* [movies] */
    int64_t *recent;         /* [movies] of these, in the recent part */
    int64_t *first;          /* [movies] time of the first one, INT64_MAX without */
    double *sum;             /* [movies] of the values */
    int64_t all, all_recent; /* ratings of all movies */
    double mean;             /* of all values */
    int64_t end;             /* time of the last rating; INT64_MIN without times */
} hr_movie_tally;

/* Counts the ratings of a dataset, in pieces: memory grows with the movies alone. Local. HR_INPUT where the file is damaged,
 * HR_MEMORY. */
hr_status hr_movie_tally_read(hr_movie_tally *tally, hr_h5 *dataset, const hr_dataset_summary *summary,
                              const hr_tally_window *window, hr_error *err);
void hr_movie_tally_free(hr_movie_tally *tally);

#endif
