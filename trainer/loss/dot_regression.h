/* Regression of ratings by dot products: loss = mean over samples of (user . movie - rating)^2. Where ranks
 * of a grid hold columns of the same part, their shares of a score are summed. */
#ifndef HR_TRAINER_LOSS_DOT_REGRESSION_H
#define HR_TRAINER_LOSS_DOT_REGRESSION_H

#include "trainer/loss/loss.h"

extern const hr_loss_ops hr_dot_regression_ops;

#endif
