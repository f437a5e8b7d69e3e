/* Reasons for the movies of printed lists: recommend --explain. */
#ifndef HR_TRAINER_EXPLAIN_LIST_REASONS_H
#define HR_TRAINER_EXPLAIN_LIST_REASONS_H

#include "io/base/error.h"
#include "trainer/explain/explain.h"
#include "trainer/lists/print_lists.h"

/* It must stay where it is. Zero-initialise; free with hr_list_reasons_free. */
typedef struct hr_list_reasons {
    const hr_explainer *explainer; /* its own, or another that outlives it */
    hr_explainer own;
    int64_t most;        /* of the user's movies that the JSON of a reason has; 0: all */
    int64_t count;       /* movies of the present list */
    hr_explanation *why; /* [count] */
} hr_list_reasons;

/* Of a recommender's lists. One process. HR_INPUT, HR_MEMORY. */
hr_status hr_list_reasons_create(hr_list_reasons *reasons, hr_recommender *recommender, hr_error *err);
void hr_list_reasons_free(hr_list_reasons *reasons);

/* To print them with: a sentence behind each movie (explanation_text.h), or the members parts, because and paths of its JSON
 * object. Explains all movies of a user's list together. */
hr_list_remarks hr_list_reasons_remarks(hr_list_reasons *reasons);

#endif
