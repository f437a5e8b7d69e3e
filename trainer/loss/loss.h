/* What a loss is to the training loop: one table of functions, as a model is (models/model.h).
 *
 * A step draws samples (sampling/sampler.h); the loss scores them by the output rows of their users and
 * movies, and leaves the gradient of the mean loss by these rows and, where an MLP scores, by its weights. A
 * ranking loss compares each positive with negatives, and draws these itself (sampling/pool.h). There are
 * three tables: of rankings and of ratings by dot products (dot_ranking.h, dot_regression.h), and of both by
 * an MLP (mlp_loss.h). */
#ifndef HR_TRAINER_LOSS_LOSS_H
#define HR_TRAINER_LOSS_LOSS_H

#include "io/base/error.h"
#include "partition/plan/grid.h"
#include "trainer/graph/graph_context.h"
#include "trainer/loss/loss_config.h"
#include "trainer/numerics/row_sums.h"
#include "trainer/sampling/sampler.h"
#include "trainer/sampling/sampling_config.h"

#include <stdint.h>

/* The samples of a step on this rank, and what they are scored by and add to. */
typedef struct hr_loss_batch {
    int64_t step;
    const hr_positive *positives; /* [count] in ascending order of number */
    int64_t count;
    double scale;                       /* of loss and gradients: 1 / batch makes them the batch's mean */
    double unit;                        /* of the sum of losses (numerics/summation.h) */
    const float *output;                /* [(owned + ghosts) x columns] with ghost rows filled */
    const hr_row_sums *gradient;        /* [(owned + ghosts) x columns] d loss / d output is added */
    const float *weights;               /* of the MLP; not read where dot products score */
    const hr_row_sums *weight_gradient; /* d loss / d weights is added */
    float *uses;                        /* [owned + ghosts] how often samples use a row is added */
} hr_loss_batch;

/* Bounds of the size of sums over the samples of a batch. */
typedef struct hr_loss_bounds {
    double loss;     /* of the mean loss */
    double gradient; /* of an entry of its gradient by the outputs */
} hr_loss_bounds;

typedef struct hr_loss_ops {
    /* Makes the state of the loss, to be freed by destroy, also after a failure. The graph, whose ratings are
     * read where the loss is a regression, must outlive it. Local. HR_MEMORY. */
    hr_status (*create)(void **state, hr_graph_context *graph, const hr_loss_config *loss,
                        const hr_sampling_config *sampling, hr_error *err);
    void (*destroy)(void *state);

    /* Most negatives of a sample; 0 for a regression. */
    int64_t (*negatives)(const void *state);

    /* Bounds of the next step's sums, the same on all ranks; plain sums do not use them
     * (numerics/summation.h).
     *   weights  of the MLP
     *   output   largest size of an entry of all ranks' outputs
     * Local. */
    hr_loss_bounds (*bounds)(void *state, const float *weights, double output);

    /* Loss and gradients of the batch. *loss receives this rank's share of the scaled loss: ranks that hold
     * other columns of the same samples receive the same. Gradients of negatives are kept for `finish`. Does
     * not depend on the number of threads. Collective. HR_COMM. */
    hr_status (*step)(void *state, const hr_loss_batch *batch, double *loss, hr_error *err);

    /* Adds the gradients and uses of negatives to their movies' owned rows, after those of ghosts were
     * reduced. Collective. HR_COMM. */
    hr_status (*finish)(void *state, const hr_loss_batch *batch, hr_error *err);

    /* Bytes that this rank has sent to others so far. */
    int64_t (*bytes)(const void *state);

    /* Bytes that all ranks of a grid together send for one step, of rows of `dim` columns. Local. */
    int64_t (*step_bytes)(const hr_loss_config *loss, const hr_sampling_config *sampling, int64_t dim,
                          hr_grid_shape grid);
} hr_loss_ops;

/* The functions of a configured loss. */
const hr_loss_ops *hr_loss_ops_of(const hr_loss_config *config);

#endif
