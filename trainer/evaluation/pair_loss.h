/* The loss of held-out ratings, to be drawn beside the loss of training: each held-out movie is compared with one movie
 * that is drawn uniformly from those that the user has not rated, the same in every evaluation.
 *
 *   bpr  mean of -ln sigmoid(score of the held-out movie - score of the other) (Rendle et al., UAI 2009)
 *   auc  share of pairs in the right order, ties counting half: the protocol auc-sampled
 *
 * Training draws harder negatives than these, so that its loss is the higher one where `train --negatives` is above 1. */
#ifndef HR_TRAINER_EVALUATION_PAIR_LOSS_H
#define HR_TRAINER_EVALUATION_PAIR_LOSS_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/scoring/scorer.h"

typedef struct hr_pair_loss {
    double pairs; /* held-out ratings of users who have not rated all movies */
    double bpr, auc;
} hr_pair_loss;

/* Measures this rank's block of users; all ranks receive the means over all. Movies are drawn by `seed`. Does not depend on the number of ranks
 * and threads but in the last digits. Collective. HR_MEMORY and HR_COMM, on all ranks. */
hr_status hr_pair_loss_measure(const hr_comm *comm, const hr_scorer *scorer, hr_split split, uint64_t seed,
                               hr_pair_loss *loss, hr_error *err);

#endif
