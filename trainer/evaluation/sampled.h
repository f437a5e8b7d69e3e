/* Sampled protocols: each held-out movie is ranked, not among all movies, but among a few that are drawn
 * uniformly from those that the user has not rated in any part.
 *
 *   sampled-N    N movies (99 in He et al., "Neural collaborative filtering", WWW 2017): hit, ndcg and mrr at k,
 *                of one list for each held-out movie; with a leave-one-out split that is one list a user
 *   auc-sampled  one movie: the share of held-out movies that score above it, ties counting half, which
 *                approximates the AUC weighted by ratings
 *
 * A movie that ties with the held-out one is before or after it with equal chance: figures are expectations
 * over the order of ties (McSherry & Najork, ECIR 2008), and need no further random numbers.
 *
 * Sampled figures are not consistent with those of full ranking: of two models the better by one may be the
 * worse by the other (Krichene & Rendle, "On sampled metrics for item recommendation", KDD 2020). They are for
 * comparison with what others report. */
#ifndef HR_TRAINER_EVALUATION_SAMPLED_H
#define HR_TRAINER_EVALUATION_SAMPLED_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/evaluation/metrics.h"
#include "trainer/scoring/scorer.h"

#include <jansson.h>
#include <stdint.h>

enum { HR_MOST_SAMPLED = 100000 };

/* Sums over held-out movies, then means. Nothing but doubles, so that ranks can add theirs up. */
typedef struct hr_sampled {
    double ranked; /* held-out movies */
    double auc;    /* share of drawn movies that score below, ties counting half; 1/2 where none is drawn */
    struct {
        double hit, ndcg, mrr;
    } at[HR_MAX_CUTOFFS];
} hr_sampled;

/* Adds one held-out movie: of `drawn` others, `above` score more and `ties` the same. */
void hr_sampled_add(hr_sampled *sum, const hr_cutoffs *cutoffs, int64_t drawn, int64_t above, int64_t ties);

/* Evaluates this rank's block of users; all ranks receive the means over all.
 *   scorer     of the block's users, whose ratings have their splits
 *   split      HR_VALID or HR_TEST: what is held out
 *   negatives  movies to draw for each held-out one, 1 to HR_MOST_SAMPLED; all where there are fewer
 *   seed       of the draw, with the pair of user and held-out movie: the same on any number of ranks
 * Collective. HR_MEMORY and HR_COMM, on all ranks. */
hr_status hr_sampled_evaluate(const hr_comm *comm, const hr_scorer *scorer, hr_split split,
                              const hr_cutoffs *cutoffs, int64_t negatives, uint64_t seed,
                              hr_sampled *sampled, hr_error *err);

#endif
