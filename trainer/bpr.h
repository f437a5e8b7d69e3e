/* Bayesian personalised ranking (Rendle et al., UAI 2009): a user's positive should score above a negative,
 *     loss = sum over samples of -ln sigmoid(score(u, i) - score(u, j)),
 * j being the best-scoring of a few pool movies that the user does not have in train (a hard negative), or
 * the movie that the pool holds for the sample alone.
 *
 * A score is a sum over columns: where ranks of a grid hold columns of the same part, theirs are summed, each
 * rank judges its share of the samples, and all go on with the same negatives. */
#ifndef HR_TRAINER_BPR_H
#define HR_TRAINER_BPR_H

#include "io/error.h"
#include "trainer/pool.h"
#include "trainer/sampler.h"

#include <stdint.h>

/* Most pool movies that a positive may look at. */
enum { HR_MAX_CANDIDATES = 1024 };

/* What became of a sample. */
typedef struct hr_judgement {
    int32_t negative; /* place in the pool, or HR_NOT_HERE: no candidate was free, and the sample counts for
                       * nothing */
    float slope;      /* derivative of the sample's loss by its score difference */
    float loss;
} hr_judgement;

/* Zero-initialise; free with hr_bpr_free. */
typedef struct hr_bpr {
    const hr_shard *shard;
    const hr_comm *groups; /* ranks with other columns of the same samples */
    uint64_t seed;
    int64_t candidates;   /* pool movies each positive looks at */
    int64_t places;       /* room for their scores: whole blocks of the pool */
    hr_judgement *judged; /* [batch] */
    float *scores;        /* of some samples at a time: their candidates', then their positive's */
    int64_t bytes;        /* handed to MPI so far */
} hr_bpr;

/* The shard and groups must outlive it. Local. HR_MEMORY. */
hr_status hr_bpr_create(hr_bpr *bpr, const hr_shard *shard, const hr_comm *groups, uint64_t seed,
                        int64_t candidates, int64_t batch, hr_error *err);
void hr_bpr_free(hr_bpr *bpr);

/* Loss and gradient of this rank's samples of a step.
 *   output    (owned + ghosts) x columns, all rows of the samples' users and movies filled
 *   scale     factor of loss and gradient: 1 / batch gives the mean
 *   gradient  (owned + ghosts) x columns: d loss / d output is added
 *   uses      [owned + ghosts]: how often a row was a sample's user or positive is added
 *   pool      its gradient receives the negatives' share
 *   loss      receives the scaled loss
 * Does not depend on the number of threads. Collective over groups. HR_COMM. */
hr_status hr_bpr_step(hr_bpr *bpr, int64_t step, const hr_positive *positives, int64_t count, double scale,
                      const float *output, hr_pool *pool, float *gradient, float *uses, double *loss,
                      hr_error *err);

#endif
