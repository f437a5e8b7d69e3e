/* Explanations of scores, from a loaded model: of any model, of trained users, held-out ones and newcomers. */
#ifndef HR_TRAINER_EXPLAIN_EXPLAIN_H
#define HR_TRAINER_EXPLAIN_EXPLAIN_H

#include "io/base/error.h"
#include "io/dataset/text_matrix.h"
#include "trainer/carriers/subject.h"
#include "trainer/catalogue/catalogue.h"
#include "trainer/explain/explanation.h"
#include "trainer/scoring/load_scorer.h"

#include <stdint.h>

/* What names model number `number` of those that are loaded: "ease", "ials2" of a second ials. Returns the label. Local. */
const char *hr_model_label(const hr_loaded *loaded, int number, char *label, size_t size);

/* One model whose scores are explained. */
typedef struct hr_explained {
    char label[HR_PART_NAME / 2]; /* of its parts where several models are mixed, else "" */
    hr_explained_model model;
    float *array; /* of the checkpoint: trainer/fold_in/input_arrays.h */
    hr_fold_in fold_in;
} hr_explained;

/* What all explanations of what is loaded have in common. It must stay where it is. Zero-initialise; free with
 * hr_explainer_free. */
typedef struct hr_explainer {
    const hr_loaded *loaded;
    const hr_catalogue *catalogue;
    hr_explained of[HR_MIXTURE_MODELS]; /* [1 + loaded->others] */
    hr_train_figures train;
    hr_text text;        /* for tags in common; empty where the dataset has none */
    hr_rating_pass pass; /* that paths are found in; none: the dataset is read. Of the caller */
} hr_explainer;

/* Both must outlive it. Reads all ratings once, some millions at a time. One process. HR_INPUT, HR_MEMORY. */
hr_status hr_explainer_create(hr_explainer *explainer, const hr_loaded *loaded, const hr_catalogue *catalogue,
                              hr_error *err);
void hr_explainer_free(hr_explainer *explainer);

/* Who is explained to. */
typedef struct hr_explained_user {
    const hr_user_block *block;
    int64_t index; /* in the block */
    int64_t user;  /* number in the dataset; -1: a newcomer */
    int64_t most;  /* reasons of the largest shares, whose genres and tags are found; 0: all */
} hr_explained_user;

/* Explains the scores of `count` different movies, list [count] of zeros, each the caller's to free also after a failure.
 * Reads all ratings once. Threads share the explainer. HR_INPUT, HR_MEMORY. */
hr_status hr_explain(const hr_explainer *explainer, const hr_explained_user *user, const int32_t *movie,
                     int64_t count, hr_explanation *list, hr_error *err);

#endif
