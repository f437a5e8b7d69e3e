/* A batch's samples scored by an MLP (MLP.h), and back: for ranking, each positive against the free ones
 * of the pool movies that it looks at, or for ratings, each by itself. */
#ifndef HR_TRAINER_LOSS_MLP_LOSS_H
#define HR_TRAINER_LOSS_MLP_LOSS_H

#include "io/base/error.h"
#include "trainer/config/train_options.h"
#include "trainer/graph/graph_context.h"
#include "trainer/loss/mlp.h"
#include "trainer/sampling/candidates.h"
#include "trainer/sampling/pool.h"
#include "trainer/sampling/sampler.h"

#include <stdint.h>

/* One side of some samples: users or positives. */
typedef struct hr_mlp_side {
    float *row;           /* [samples x columns] */
    float *half;          /* [samples x width[0]] */
    float *half_gradient; /* [samples x width[0]] */
    float *row_gradient;  /* [samples x (columns - first)] */
} hr_mlp_side;

/* Zero-initialise; free with hr_mlp_loss_free. */
typedef struct hr_mlp_loss {
    const hr_graph_context *graph;
    hr_mlp mlp;
    hr_loss loss;
    hr_candidates candidates;
    hr_mlp_side side[2];   /* users, positives, of the samples that are scored together */
    hr_mlp_pair *pair;     /* of these samples: each one's positive, then its negatives */
    int32_t *sample;       /* [pairs] that a pair is of */
    int32_t *place;        /* [pairs] of a negative in the pool, HR_NOT_HERE for a positive */
    float *slope;          /* [pairs] */
    float *pool_half;      /* [pool x width[0]] */
    hr_row_sums pool_sums; /* [pool x width[0]] slopes of these */
    float *pool_gradient;  /* [pool x (columns - first)] */
} hr_mlp_loss;

/* For a pool of so many movies, or 0 where ratings are regressed. The graph must outlive it. Local.
 * HR_MEMORY. */
hr_status hr_mlp_loss_create(hr_mlp_loss *step, const hr_graph_context *graph, const hr_mlp_shape *shape,
                             hr_loss loss, uint64_t seed, int64_t candidates, int64_t pool, hr_error *err);
void hr_mlp_loss_free(hr_mlp_loss *step);

/* A step's samples, and what they change. */
typedef struct hr_mlp_batch {
    int64_t step;
    const hr_positive *positives;
    int64_t count;
    double unit;         /* of the losses' sum (exact.h), or 0 */
    double scale;        /* of loss and gradient: 1 / batch gives the mean */
    const float *output; /* (owned + ghosts) x columns, all rows of the samples' users and movies filled */
    hr_pool *pool;       /* gathered; its gradient receives the negatives' share. NULL for ratings */
    const float *weights;
    hr_mlp_gradient weight_gradient; /* added to */
    const hr_row_sums *gradient;     /* (owned + ghosts) x columns: d loss / d output is added */
    float *uses; /* [owned + ghosts]: how often a row was a sample's user or movie is added */
} hr_mlp_batch;

/* Loss and gradients of this rank's samples of a step. *loss receives the scaled loss. Does not depend
 * on the number of threads. Collective where sums are exact. HR_COMM. */
hr_status hr_mlp_loss_run(hr_mlp_loss *step, const hr_mlp_batch *batch, double *loss, hr_error *err);

#endif
