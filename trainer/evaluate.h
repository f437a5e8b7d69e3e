/* Full ranking: every user against every movie, by dot products of output rows.
 *
 * A user's train movies are no candidates; when testing, valid movies neither. All other movies compete. */
#ifndef HR_TRAINER_EVALUATE_H
#define HR_TRAINER_EVALUATE_H

#include "io/comm.h"
#include "io/error.h"
#include "io/ratings.h"
#include "trainer/metrics.h"

#include <stdbool.h>
#include <stdint.h>

/* Evaluates this rank's block of users and averages over all ranks.
 *   ratings  of the block's users, with their splits
 *   split    HR_VALID or HR_TEST: what is held out
 *   auc      whether to compare all scores with each held-out one too, which takes longer than the ranking
 *   block    (block users + block movies) x dim output rows, as partition/blocks.h lays them out
 *   metrics  receives the means, the same on all ranks
 * Takes movies x dim floats on each rank while it runs: it grows with the catalogue, not with the ratings.
 * Collective. HR_MEMORY and HR_COMM, on all ranks. */
hr_status hr_evaluate(const hr_comm *comm, const hr_ratings *ratings, hr_split split,
                      const hr_cutoffs *cutoffs, bool auc, const float *block, int64_t dim,
                      hr_metrics *metrics, hr_error *err);

#endif
