/* Losses of samples that an MLP scores (mlp.h): for rankings each positive against the free ones of its
 * candidates, or the hardest of them for BPR (ranking_loss.h); for ratings each positive by itself, loss =
 * mean over samples of (score - rating)^2. */
#ifndef HR_TRAINER_LOSS_MLP_LOSS_H
#define HR_TRAINER_LOSS_MLP_LOSS_H

#include "trainer/loss/loss.h"
#include "trainer/loss/mlp.h"
#include "trainer/sampling/candidates.h"
#include "trainer/sampling/pool.h"

#include <stdbool.h>

/* Samples that are scored together. */
enum { HR_MLP_CHUNK = 512 };

enum { HR_MLP_USERS, HR_MLP_POSITIVES, HR_MLP_SIDES };

/* The users of the samples of a chunk, or their positives. */
typedef struct hr_mlp_side {
    float *row;           /* [HR_MLP_CHUNK x columns] */
    float *half;          /* [HR_MLP_CHUNK x width[0]] */
    float *half_gradient; /* [HR_MLP_CHUNK x width[0]] */
    float *row_gradient;  /* [HR_MLP_CHUNK x (columns - first)] */
} hr_mlp_side;

/* Zero-initialise; made and freed by hr_mlp_loss_ops. */
typedef struct hr_mlp_loss {
    const hr_graph_context *graph;
    hr_mlp mlp;
    hr_loss kind;
    bool ranks; /* whether samples have negatives; else the next two are unused, like all of the pool below */
    hr_pool pool;
    hr_candidates candidates;
    int64_t batch; /* samples a step, over all ranks */
    hr_mlp_bounds bounds;
    hr_mlp_side side[HR_MLP_SIDES];
    hr_mlp_pair *pair;     /* [pairs] of a chunk: each sample's positive, then its negatives */
    int32_t *sample;       /* [pairs] that a pair is of */
    int32_t *index;        /* [pairs] of a negative in the pool; HR_NOT_HERE for a positive */
    float *gradient;       /* [pairs] derivative of the loss by the score */
    float *pool_half;      /* [pool x width[0]] */
    hr_row_sums pool_sums; /* [pool x width[0]] gradients of these */
    float *pool_gradient;  /* [pool x (columns - first)] */
} hr_mlp_loss;

/* Loss and gradients of `count` of a batch's samples, at most HR_MLP_CHUNK; those of the pool's halves and
 * rows are added to the pool's sums. Returns the scaled loss. Local. */
double hr_mlp_loss_chunk(hr_mlp_loss *loss, const hr_loss_batch *batch, const hr_mlp_gradient *weights,
                         const hr_positive *positives, int64_t count);

extern const hr_loss_ops hr_mlp_loss_ops;

#endif
