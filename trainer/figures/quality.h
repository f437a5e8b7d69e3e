/* How good the lists of a trained model are, measured for a page: by segment, with intervals. */
#ifndef HR_TRAINER_FIGURES_QUALITY_H
#define HR_TRAINER_FIGURES_QUALITY_H

#include "trainer/comparison/evaluated_model.h"
#include "trainer/figures/run_model.h"

#include <stdbool.h>

/* Zero-initialise; free with hr_quality_free. It must stay where it is. */
typedef struct hr_quality {
    bool measured;
    char why
        [HR_ERROR_LENGTH]; /* it is not: the dataset holds nothing out, or the model has no rows of users held out */
    hr_evaluation_call call; /* of the test part, or of the validation part where there is none */
    hr_evaluated_model model;
    int64_t *shown; /* [movies] lists of the longest cutoff with the movie */
} hr_quality;

/* Ranks all movies for all users, as evaluate does. One process. HR_IO, HR_INPUT, HR_MEMORY. */
hr_status hr_quality_measure(hr_quality *quality, const hr_run_model *model, hr_error *err);
void hr_quality_free(hr_quality *quality);

#endif
