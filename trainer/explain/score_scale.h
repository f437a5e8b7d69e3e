/* How one user's scores follow from what models and the content say: not at all, or by a mixture, whose scales depend
 * on the scores of all movies (trainer/scoring/mixture.h). */
#ifndef HR_TRAINER_EXPLAIN_SCORE_SCALE_H
#define HR_TRAINER_EXPLAIN_SCORE_SCALE_H

#include "io/base/error.h"
#include "trainer/carriers/subject.h"
#include "trainer/scoring/scorer.h"

/* score = sum of model x that model's + content x the cosine + popularity x the movie's + offset.
 * Zero-initialise; free with hr_score_scale_free. */
typedef struct hr_score_scale {
    double model[HR_MIXTURE_MODELS], content, popularity, offset;
    float *score; /* [movies] of the scorer, mixed where it mixes */
} hr_score_scale;

/* Of the user number `index` of those that the scorer has, who is the subject. Scores all movies. Local. HR_MEMORY. */
hr_status hr_score_scale_find(hr_score_scale *scale, const hr_scorer *scorer, const hr_subject *subject,
                              int64_t index, hr_error *err);
void hr_score_scale_free(hr_score_scale *scale);

#endif
