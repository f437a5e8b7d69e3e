/* Losses of a sample, a positive with its negatives, by their scores s+ and s-.
 *   bpr      sum of -ln sigmoid(s+ - s-)          (Rendle et al., UAI 2009)
 *   softmax  -ln(exp s+ / (exp s+ + sum of exp s-)), over the negatives that were drawn
 *                                                (Jean et al., ACL 2015, uniform draws)
 *   bce      -ln sigmoid(s+) - sum of ln sigmoid(-s-)     (He et al., WWW 2017, equation 7) */
#ifndef HR_TRAINER_LOSS_RANKING_LOSS_H
#define HR_TRAINER_LOSS_RANKING_LOSS_H

#include "trainer/loss/loss_config.h"

#include <stdint.h>

/* The loss of one sample, and its derivatives.
 *   positive  score
 *   negative  [count] scores, which are replaced by the derivatives by them
 *   gradient  receives the derivative by the positive's score */
float hr_ranking_loss(hr_loss loss, float positive, float *negative, int64_t count, float *gradient);

/* A bound of the loss of a sample with this many negatives, for scores up to `score` in size. Derivatives are
 * at most 1 in size, as bpr is used with one negative. */
double hr_ranking_largest_loss(int64_t negatives, double score);

/* How often each of `count` negatives of a sample counts as used: once or, for softmax, once all together. */
float hr_ranking_use(hr_loss loss, int64_t count);

#endif
