/* Full ranking: every user against every movie, by a scorer.
 *
 * A user's train movies are not ranked; neither are valid movies where test is held out. All others are. */
#ifndef HR_TRAINER_EVALUATION_EVALUATE_H
#define HR_TRAINER_EVALUATION_EVALUATE_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/dataset/ratings.h"
#include "trainer/evaluation/list_tally.h"
#include "trainer/evaluation/metrics.h"
#include "trainer/evaluation/user_figures.h"
#include "trainer/recommend/mmr.h"
#include "trainer/scoring/scorer.h"

#include <stdbool.h>
#include <stdint.h>

/* What is asked for. */
typedef struct hr_evaluation {
    hr_split split;            /* HR_VALID or HR_TEST: what is held out */
    const hr_cutoffs *cutoffs; /* lengths of the lists */
    bool auc;                  /* whether to compare each held-out score with all others, which takes longer
                                * than the ranking; without it metrics->auc is NaN */
    const hr_mmr *mmr;         /* re-ranks lists before they are evaluated; NULL: they stay as they are */
    hr_list_tally *lists;      /* receives all lists, for the caller to finish; NULL: not wanted */
    hr_user_figures *figures;  /* receives each user's, its first members filled in; NULL: not wanted */
} hr_evaluation;

/* Evaluates this rank's block of users and averages over all ranks.
 *   scorer   of the block's users, whose ratings have their splits
 *   metrics  receives means over the users that have something held out, the same on all ranks
 * Does not depend on the number of threads. Collective. HR_MEMORY and HR_COMM, on all ranks. */
hr_status hr_evaluate(const hr_comm *comm, const hr_scorer *scorer, const hr_evaluation *asked,
                      hr_metrics *metrics, hr_error *err);

#endif
