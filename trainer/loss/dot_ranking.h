/* Ranking by dot products: a user's positive should score above negatives, pool movies that the user does not
 * have in train. BPR takes the candidate with the highest score (a hard negative), softmax and bce take all
 * candidates (ranking_loss.h); of a pool of own movies each sample has one.
 *
 * A score is a sum over columns. Where ranks of a grid hold columns of the same part, their shares of it are
 * summed, each rank computes the derivatives of its share of the samples, and all ranks receive them. */
#ifndef HR_TRAINER_LOSS_DOT_RANKING_H
#define HR_TRAINER_LOSS_DOT_RANKING_H

#include "trainer/kernels/sample_gradients.h"
#include "trainer/loss/candidate_scores.h"
#include "trainer/loss/loss.h"
#include "trainer/sampling/candidates.h"
#include "trainer/sampling/pool.h"

/* Samples that are scored together: their scores stay in the second-level cache. */
enum { HR_SAMPLE_CHUNK = 2048 };

/* Zero-initialise; free with hr_dot_ranking_free. */
typedef struct hr_dot_ranking {
    const hr_graph_context *graph;
    hr_loss kind;
    hr_pool pool;
    hr_candidates candidates;
    hr_candidate_scores candidate_scores; /* of a chunk of samples */
    int64_t scored;                       /* scores of a sample's candidates: whole blocks of the pool */
    int64_t negatives;                    /* most that a sample has */
    hr_score_gradient *gradient; /* [batch x (1 + negatives)] of a sample's positive, then its negatives */
    float *sample_loss;          /* [batch] */
    float *scores;               /* [HR_SAMPLE_CHUNK x (scored + 1)] of candidates, then of the positive */
    int64_t *share; /* [groups + 1] offsets of the samples of a chunk whose derivatives a group computes */
    int64_t bytes;  /* of scores and derivatives, sent to other ranks so far */
} hr_dot_ranking;

/* The graph must outlive it. Local. HR_MEMORY. */
hr_status hr_dot_ranking_create(hr_dot_ranking *ranking, hr_graph_context *graph, hr_loss kind,
                                const hr_sampling_config *sampling, hr_error *err);
void hr_dot_ranking_free(hr_dot_ranking *ranking);

/* The derivatives of the last step by a sample's scores: of its positive, then of `negatives` more. */
static inline hr_score_gradient *hr_dot_ranking_sample(const hr_dot_ranking *ranking, int64_t sample)
{
    return ranking->gradient + sample * (1 + ranking->negatives);
}

/* Loss and gradients of a batch (loss.h), with the pool's rows filled; the gradients of negatives are added
 * to the pool's sums. Collective over groups. HR_COMM. */
hr_status hr_dot_ranking_gradients(hr_dot_ranking *ranking, const hr_loss_batch *batch, double *loss,
                                   hr_error *err);

extern const hr_loss_ops hr_dot_ranking_ops;

#endif
