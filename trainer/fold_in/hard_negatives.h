/* A few steps of training for one row: down the gradient of BPR against the hardest of some negatives, everything else being as
 * it is. With s_i the scores of the user's n movies, and s_r those of the other movies from the highest down,
 *
 *     row += step * 1/n * sum over i and r of w_r sigmoid(s_r - s_i) (y_i - y_r),
 *
 * w_r the probability that the r-th is the hardest of HR_HARDEST movies drawn (with M others ((M - r) / M)^N - ((M - r - 1) / M)^N), of the
 * highest twelfth of them, which has 7 parts in 8 of it. As training does, it stops long before the minimum, which overfits a row
 * (docs/decisions/083-newcomers-by-a-learned-map.md). */
#ifndef HR_TRAINER_FOLD_IN_HARD_NEGATIVES_H
#define HR_TRAINER_FOLD_IN_HARD_NEGATIVES_H

#include "trainer/fold_in/method.h"

/* Negatives of which the hardest counts, and steps. */
enum { HR_HARDEST = 24, HR_FOLD_IN_STEPS = 5 };

/* Whether a model's rows take such steps: rankings by dot products, of rows that take a map. */
bool hr_fold_in_takes_steps(const hr_model_config *model);

/* Makes the steps for a row of a user. Local. */
void hr_fold_in_step(const hr_fold_in *f, hr_fold_in_workspace *w, const hr_known_ratings *known, float *row);

#endif
