/* Full ranking: every user against every movie, by a scorer.
 *
 * A user's train movies are no candidates; when testing, valid movies neither. All other movies compete. */
#ifndef HR_TRAINER_EVALUATION_EVALUATE_H
#define HR_TRAINER_EVALUATION_EVALUATE_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/dataset/ratings.h"
#include "trainer/evaluation/list_tally.h"
#include "trainer/evaluation/metrics.h"
#include "trainer/recommend/mmr.h"
#include "trainer/scoring/scorer.h"

#include <stdbool.h>
#include <stdint.h>

/* What is asked. */
typedef struct hr_evaluation {
    hr_split split;            /* HR_VALID or HR_TEST: what is held out */
    const hr_cutoffs *cutoffs; /* lengths of the lists */
    bool auc;                  /* whether to compare all scores with each held-out one too, which takes longer
                                * than the ranking */
    const hr_mmr *mmr;         /* how lists are re-ranked before they are judged; NULL: not at all */
    hr_list_tally *lists;      /* sees all lists, to be finished by the caller; NULL: nobody does */
} hr_evaluation;

/* Evaluates this rank's block of users and averages over all ranks.
 *   scorer   of the block's users, whose ratings have their splits
 *   metrics  receives the means, the same on all ranks
 * Collective. HR_MEMORY and HR_COMM, on all ranks. */
hr_status hr_evaluate(const hr_comm *comm, const hr_scorer *scorer, const hr_evaluation *asked,
                      hr_metrics *metrics, hr_error *err);

#endif
