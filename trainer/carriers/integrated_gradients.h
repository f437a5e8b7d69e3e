/* Integrated gradients (Sundararajan, Taly & Yan, ICML 2017, eq. 1) along the straight way from a user's own part to the
 * user's row: own + t x the messages, t from 0 to 1. A message's share is its product with the gradient of the score,
 * integrated over t. The shares add up to the score minus the baseline, that of `own` alone (completeness, proposition
 * 1 there). Where the score is a dot product the gradient is the movie's row, and a share is message . row. */
#ifndef HR_TRAINER_CARRIERS_INTEGRATED_GRADIENTS_H
#define HR_TRAINER_CARRIERS_INTEGRATED_GRADIENTS_H

#include "io/base/error.h"
#include "trainer/carriers/carriers.h"
#include "trainer/carriers/row_score.h"

/* The shares of all messages in the score of one movie. Steps are halved until the shares add up to 1e-6 of the score.
 *   share     [carriers->count]
 *   baseline  receives the score of `own`
 * Local. HR_MEMORY. */
hr_status hr_integrated_gradients(hr_row_score *score, const hr_carriers *carriers, int64_t movie,
                                  double *share, double *baseline, hr_error *err);

#endif
