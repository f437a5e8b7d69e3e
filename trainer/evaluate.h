/* Full ranking: every user against every movie, by a scorer.
 *
 * A user's train movies are no candidates; when testing, valid movies neither. All other movies compete. */
#ifndef HR_TRAINER_EVALUATE_H
#define HR_TRAINER_EVALUATE_H

#include "io/comm.h"
#include "io/error.h"
#include "io/ratings.h"
#include "trainer/metrics.h"
#include "trainer/scorer.h"

#include <stdbool.h>
#include <stdint.h>

/* Evaluates this rank's block of users and averages over all ranks.
 *   scorer   of the block's users, whose ratings have their splits
 *   split    HR_VALID or HR_TEST: what is held out
 *   auc      whether to compare all scores with each held-out one too, which takes longer than the ranking
 *   metrics  receives the means, the same on all ranks
 * Collective. HR_MEMORY and HR_COMM, on all ranks. */
hr_status hr_evaluate(const hr_comm *comm, const hr_scorer *scorer, hr_split split, const hr_cutoffs *cutoffs,
                      bool auc, hr_metrics *metrics, hr_error *err);

#endif
