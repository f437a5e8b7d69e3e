/* Ranking by dot products: a user's positive should score above negatives, pool movies that the user does not
 * have in train. BPR takes the best-scoring of those that the sample looks at (a hard negative), softmax and
 * bce take all of them (ranking_loss.h); a pool of own movies holds each sample's only one.
 *
 * A score is a sum over columns: where ranks of a grid hold columns of the same part, theirs are summed, each
 * rank judges its share of the samples, and all go on with the same verdicts. */
#ifndef HR_TRAINER_LOSS_DOT_RANKING_H
#define HR_TRAINER_LOSS_DOT_RANKING_H

#include "io/base/error.h"
#include "trainer/config/train_options.h"
#include "trainer/kernels/sample_gradients.h"
#include "trainer/sampling/candidates.h"
#include "trainer/sampling/pool.h"
#include "trainer/sampling/sampler.h"

#include <stdint.h>

/* Samples that are scored, then judged, at a time: their scores stay in the second cache. */
enum { HR_SAMPLE_CHUNK = 2048 };

/* Zero-initialise; free with hr_ranking_free. */
typedef struct hr_ranking {
    const hr_shard *shard;
    const hr_comm *groups; /* ranks with other columns of the same samples */
    hr_loss loss;
    hr_candidates candidates;
    int64_t negatives;          /* most that a sample has */
    hr_score_gradient *verdict; /* [batch x (1 + negatives)] of positives and negatives */
    float *sample_loss;         /* [batch] */
    float *scores;              /* of some samples at a time: their candidates', then their positive's */
    int64_t *share;             /* [groups + 1] where each group's of those samples begin, to judge */
    int64_t bytes;              /* handed to MPI so far */
} hr_ranking;

/* The shard and groups must outlive it. Local. HR_MEMORY. */
hr_status hr_ranking_create(hr_ranking *ranking, const hr_shard *shard, const hr_comm *groups, hr_loss loss,
                            uint64_t seed, int64_t candidates, int64_t batch, hr_error *err);
void hr_ranking_free(hr_ranking *ranking);

/* The verdicts of the last step on a sample: its positive's, then `negatives` more. */
static inline hr_score_gradient *hr_ranking_verdicts(const hr_ranking *ranking, int64_t sample)
{
    return ranking->verdict + sample * (1 + ranking->negatives);
}

/* Loss and gradient of this rank's samples of a step.
 *   output    (owned + ghosts) x columns, all rows of the samples' users and movies filled
 *   scale     factor of loss and gradient: 1 / batch gives the mean
 *   gradient  (owned + ghosts) x columns: d loss / d output is added
 *   uses      [owned + ghosts]: how often a row was a sample's user or positive is added
 *   pool      its sums receive the negatives' share
 *   unit      of the losses' sum (exact.h), or 0
 *   loss      receives the scaled loss
 * Does not depend on the number of threads. Collective over groups. HR_COMM. */
hr_status hr_ranking_step(hr_ranking *ranking, int64_t step, const hr_positive *positives, int64_t count,
                          double scale, const float *output, hr_pool *pool, const hr_row_sums *gradient,
                          float *uses, double unit, double *loss, hr_error *err);

#endif
