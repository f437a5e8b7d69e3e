/* Passes over the ratings of some users that somebody keeps in memory. */
#ifndef HR_IO_DATASET_RATING_PASS_H
#define HR_IO_DATASET_RATING_PASS_H

#include "io/dataset/dataset.h"

/* Zero-initialised it is none: whoever is given it reads the file. May be used by several threads at a time.
 *
 * `visit` is given slices of one user each, in order, with movies and splits as a model that is scored sees them: train ratings
 * that --valid holds out are HR_VALID. HR_MEMORY; what `visit` returns ends a pass. */
typedef struct hr_rating_pass {
    /* Over those who have a train rating of any of the movies. */
    hr_status (*of_movies)(const void *source, const int32_t *movie, int64_t count, hr_slice_visit *visit,
                           void *context, hr_error *err);
    /* Over these users. */
    hr_status (*of_users)(const void *source, const int64_t *user, int64_t count, hr_slice_visit *visit,
                          void *context, hr_error *err);
    /* The number of a user's first rating in the file. */
    int64_t (*first_of)(const void *source, int64_t user);
    const void *source;
} hr_rating_pass;

#endif
