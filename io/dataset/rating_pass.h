/* A pass over the ratings of all users: from a file, or from memory where somebody keeps them there. */
#ifndef HR_IO_DATASET_RATING_PASS_H
#define HR_IO_DATASET_RATING_PASS_H

#include "io/dataset/dataset.h"

/* Zero-initialised it is none: whoever is given it reads the file. */
typedef struct hr_rating_pass {
    /* Calls `visit` with slices of all users in order, with movies and splits as a model that is scored sees them: train ratings
     * that --valid holds out are HR_VALID. May be called by several threads at a time. HR_MEMORY; what `visit` returns ends it. */
    hr_status (*each)(const void *source, hr_slice_visit *visit, void *context, hr_error *err);
    const void *source;
} hr_rating_pass;

#endif
