/* Re-ranking of a list for diversity by maximal marginal relevance (Carbonell & Goldstein, SIGIR 1998).
 *
 * From the best candidates for a user, movies are picked one after the other, each time the one with the
 * largest
 *
 *     (1 - L) x relevance - L x (its largest similarity to a movie picked already, 0 for the first)
 *
 * where relevance is the score, moved and scaled to run from 0 to 1 over the candidates; of equals the one
 * that scored better. L = 0 leaves the list as it is; the first movie stays the first for any L. */
#ifndef HR_TRAINER_RECOMMEND_MMR_H
#define HR_TRAINER_RECOMMEND_MMR_H

#include "io/base/error.h"
#include "trainer/recommend/similarity.h"
#include "trainer/recommend/topk.h"

#include <stdint.h>

typedef struct hr_mmr {
    double diversity;                  /* L, from 0 to 1 */
    const hr_similarities *similarity; /* of at least one way */
} hr_mmr;

/* A candidate while others are picked. */
typedef struct hr_mmr_candidate {
    double relevance;
    double nearest; /* its largest similarity to a movie picked */
} hr_mmr_candidate;

/* HR_USAGE unless there is a way to compare the movies of the dataset at `path`. */
hr_status hr_mmr_check(const hr_similarities *similarity, const char *path, hr_error *err);

/* How many candidates a list of `top` movies is picked from: 100, or 5 x top where that is more. */
int64_t hr_mmr_candidates(int64_t top);

/* Replaces a list of candidates, best first, by the `top` movies picked, in the order of picking, with
 * the scores they had; of fewer where there are fewer. Takes candidates x top similarities.
 *   candidate  [list->count] to work with
 * Local. */
void hr_mmr_rerank(const hr_mmr *mmr, int64_t top, hr_topk *list, hr_mmr_candidate *candidate);

#endif
