/* Bayesian personalised ranking (Rendle et al., UAI 2009): a user's positive should score above a negative,
 *     loss = sum over samples of -ln sigmoid(score(u, i) - score(u, j)),
 * j being the best-scoring of a few pool movies that the user does not have in train (a hard negative). */
#ifndef HR_TRAINER_BPR_H
#define HR_TRAINER_BPR_H

#include "io/error.h"
#include "trainer/pool.h"
#include "trainer/sampler.h"

#include <stdint.h>

/* Most pool movies that a positive may look at. */
enum { HR_MAX_CANDIDATES = 1024 };

/* Zero-initialise; free with hr_bpr_free. */
typedef struct hr_bpr {
    const hr_shard *shard;
    uint64_t seed;
    int64_t candidates; /* pool movies each positive looks at */
    int32_t *negative;  /* [batch] place in the pool of each sample's negative, or HR_NOT_HERE: no candidate
                         * was free, and the sample counts for nothing */
    float *slope;       /* [batch] derivative of the sample's loss by its score difference */
    float *loss;        /* [batch] */
} hr_bpr;

hr_status hr_bpr_create(hr_bpr *bpr, const hr_shard *shard, uint64_t seed, int64_t candidates, int64_t batch,
                        hr_error *err);
void hr_bpr_free(hr_bpr *bpr);

/* Loss and gradient of this rank's samples of a step. Local.
 *   output    (owned + ghosts) x dim, all rows of the samples' users and movies filled
 *   scale     factor of loss and gradient: 1 / batch gives the mean
 *   gradient  (owned + ghosts) x dim: d loss / d output is added
 *   uses      [owned + ghosts]: how often a row was a sample's user or positive is added
 *   pool      its gradient receives the negatives' share
 * Returns the scaled loss. Does not depend on the number of threads. */
double hr_bpr_step(hr_bpr *bpr, int64_t step, const hr_positive *positives, int64_t count, double scale,
                   const float *output, hr_pool *pool, float *gradient, float *uses);

#endif
