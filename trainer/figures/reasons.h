/* Why a model recommends movies to a user, in a sentence each. */
#ifndef HR_TRAINER_FIGURES_REASONS_H
#define HR_TRAINER_FIGURES_REASONS_H

#include "trainer/explain/explain.h"
#include "trainer/figures/run_model.h"

enum { HR_MOST_REASONS = 3, HR_REASON = 512 };

/* Sentences, "because you rated Alien (1979) and Blade Runner (1982) high: 61 % of what your movies say for it". */
typedef struct hr_sentences {
    int count;
    char text[HR_MOST_REASONS][HR_REASON];
} hr_sentences;

/* A model loaded to explain by. Zero-initialise; free with hr_reasons_free. It must stay where it is. */
typedef struct hr_reasons {
    hr_loaded loaded;
    hr_explainer explainer;
} hr_reasons;

/* The model must outlive it. One process. HR_IO, HR_INPUT, HR_MEMORY. */
hr_status hr_reasons_create(hr_reasons *reasons, const hr_run_model *model, hr_error *err);
void hr_reasons_free(hr_reasons *reasons);

/* Explains the first HR_MOST_REASONS of a user's movies; none where the model has no rows of the user to explain by. Reads
 * all ratings once. One process. HR_INPUT, HR_MEMORY. */
hr_status hr_reasons_of(hr_reasons *reasons, int64_t user, const int32_t *movie, int64_t count,
                        hr_sentences *sentences, hr_error *err);

#endif
