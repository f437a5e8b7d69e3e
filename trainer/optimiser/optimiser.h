/* How parameters and dense weights follow their gradients: at the learning rate of optimiser_config.h,
 * clipped, by the rules of kernels/gradient_steps.h. */
#ifndef HR_TRAINER_OPTIMISER_OPTIMISER_H
#define HR_TRAINER_OPTIMISER_OPTIMISER_H

#include "io/base/error.h"
#include "trainer/graph/graph_context.h"
#include "trainer/optimiser/optimiser_config.h"

#include <stdint.h>

/* What a step moves, and the gradients of the loss without its L2 terms. */
typedef struct hr_optimiser_arrays {
    int64_t rows, dim;
    float *parameter;      /* [rows x dim] */
    float *first, *second; /* [rows x dim] Adam's moments; not read by SGD */
    const float *gradient; /* [rows x dim] */
    const float *uses;     /* [rows] how often the batch used a row */

    int64_t dense_count;               /* dense weights, the same on all ranks; may be 0 */
    float *dense;                      /* [dense_count] */
    float *dense_first, *dense_second; /* [dense_count] their moments */
    const float *dense_gradient;       /* [dense_count] the same on all ranks */
} hr_optimiser_arrays;

/* Makes one step: parameters, dense weights and moments follow the gradients.
 *   rate   of the rows (hr_optimiser_rate)
 *   step   steps made before
 *   batch  samples of a step, over all ranks
 * Collective where gradients are clipped. Does not depend on the number of threads. HR_MEMORY, HR_COMM. */
hr_status hr_optimiser_move(const hr_optimiser_config *config, const hr_graph_context *graph, double rate,
                            int64_t step, int64_t batch, const hr_optimiser_arrays *arrays, hr_error *err);

#endif
