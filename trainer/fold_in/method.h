/* How the row of one user is computed: a table of functions for each way. */
#ifndef HR_TRAINER_FOLD_IN_METHOD_H
#define HR_TRAINER_FOLD_IN_METHOD_H

#include "trainer/fold_in/fold_in.h"

#include <stdbool.h>

/* A movie by its score, and the derivative by it. */
typedef struct hr_ranked_movie {
    float score, gradient;
    int32_t movie;
} hr_ranked_movie;

/* One thread's memory. Zero-initialise; free with hr_fold_in_workspace_free. */
typedef struct hr_fold_in_workspace {
    double *matrix, *vector; /* [dim x dim], [dim] */
    double *wide;            /* [dim], or [features of the map] */
    float *layer[3];         /* [dim] a row on its way through layers */
    float *weight;           /* [largest] of the user's movies */
    int32_t *movie;          /* [largest] what is known of a user */
    float *value;
    float *score;            /* [movies] where the rows take steps (hard_negatives.h) */
    hr_ranked_movie *ranked; /* [movies] likewise */
} hr_fold_in_workspace;

/* For users of up to `largest` known ratings. Local. HR_MEMORY. */
hr_status hr_fold_in_workspace_create(hr_fold_in_workspace *w, const hr_fold_in *f, int64_t largest,
                                      hr_error *err);
void hr_fold_in_workspace_free(hr_fold_in_workspace *w);

struct hr_fold_in_method {
    bool wants_gram, wants_map;
    /* row [dim] holds what training left, and receives the user's, of at least one known rating. Local. */
    void (*user)(const hr_fold_in *f, hr_fold_in_workspace *w, const hr_known_ratings *known, float *row);
};

/* That of a model: each has one for each of its losses. */
const hr_fold_in_method *hr_fold_in_method_of(const hr_model_config *model);

#endif
