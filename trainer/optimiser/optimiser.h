/* How parameters and dense weights follow their gradients: the step size of each step, clipping, and one of
 * adam.h and sgd.h. */
#ifndef HR_TRAINER_OPTIMISER_OPTIMISER_H
#define HR_TRAINER_OPTIMISER_OPTIMISER_H

#include "io/base/error.h"
#include "trainer/config/train_options.h"
#include "trainer/graph/graph_context.h"
#include "trainer/run/state.h"

#include <stdint.h>

typedef struct hr_optimiser_run {
    const hr_train_options *options;
    int64_t batch; /* samples a step */
    int64_t steps; /* of the whole run */
    int64_t fixed; /* dense weights at the end that never move */
} hr_optimiser_run;

/* Makes the step that the gradients say: state's parameters, dense weights and moments.
 *   gradient  rows x dim, of the loss but for its L2 terms
 *   dense     [state->dense_count] the same on all ranks
 *   uses      [rows] how often the batch used a row
 * Collective where gradients are clipped. Does not depend on the number of threads. HR_MEMORY, HR_COMM. */
hr_status hr_optimiser_move(const hr_optimiser_run *run, const hr_graph_context *graph, hr_state *state,
                            const float *gradient, const float *dense, const float *uses, hr_error *err);

#endif
