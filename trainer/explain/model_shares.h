/* What one model's own score of a movie is of: what each of the user's movies gives to it, and the rest of it, part by part. */
#ifndef HR_TRAINER_EXPLAIN_MODEL_SHARES_H
#define HR_TRAINER_EXPLAIN_MODEL_SHARES_H

#include "trainer/carriers/carriers.h"
#include "trainer/carriers/integrated_gradients.h"
#include "trainer/explain/explain.h"

/* Of one model and one user. It must stay where it is. Zero-initialise; free with hr_model_shares_free. */
typedef struct hr_model_shares {
    const hr_explained *explained;
    const hr_loaded *loaded; /* the model */
    hr_subject subject;
    hr_carriers carriers;
    hr_row_score row_score;
    double *share;      /* [subject.count] of one movie */
    void *of_ratings;   /* of a model that scores by ratings, and so is the next */
    float *every_share; /* [movies] */
} hr_model_shares;

/* Of the explainer's model number `number`. All must outlive it. Local. HR_INPUT, HR_MEMORY. */
hr_status hr_model_shares_create(hr_model_shares *shares, const hr_explainer *explainer, int number,
                                 const hr_explained_user *user, hr_error *err);
void hr_model_shares_free(hr_model_shares *shares);

/* Adds the parts of the score of explanation->movie, each times `factor`, to the explanation, under the model's label, and what
 * each of the user's movies gives to it to share [subject.count]. Local. HR_MEMORY. */
hr_status hr_model_shares_add(hr_model_shares *shares, double factor, hr_explanation *explanation,
                              double *share, hr_error *err);

#endif
