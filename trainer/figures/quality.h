/* How good the lists of a trained model are, measured for a page. */
#ifndef HR_TRAINER_FIGURES_QUALITY_H
#define HR_TRAINER_FIGURES_QUALITY_H

#include "trainer/evaluation/list_tally.h"
#include "trainer/evaluation/metrics.h"
#include "trainer/evaluation/rating_errors.h"
#include "trainer/figures/run_model.h"
#include "trainer/recommend/known_movies.h"

#include <stdbool.h>

/* Zero-initialise; free with hr_quality_free. It must stay where it is. */
typedef struct hr_quality {
    bool measured;    /* false where the dataset holds nothing out */
    const char *part; /* "test", or "valid" where there is no test part */
    hr_cutoffs cutoffs;
    hr_known_movies known;
    hr_metrics metrics;
    hr_list_figures_at lists[HR_MAX_CUTOFFS];
    bool has_errors;
    hr_rating_errors errors;
    int64_t *shown; /* [movies] lists of the longest cutoff with the movie */
} hr_quality;

/* Ranks all movies for all users, as evaluate does. One process. HR_IO, HR_INPUT, HR_MEMORY. */
hr_status hr_quality_measure(hr_quality *quality, const hr_run_model *model, hr_error *err);
void hr_quality_free(hr_quality *quality);

#endif
