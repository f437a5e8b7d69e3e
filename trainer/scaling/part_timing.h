/* Times of computing: a part of a plan is trained alone, without its neighbours, for a few steps. */
#ifndef HR_TRAINER_SCALING_PART_TIMING_H
#define HR_TRAINER_SCALING_PART_TIMING_H

#include "io/base/error.h"
#include "partition/cut/graph.h"
#include "partition/plan/plan.h"
#include "trainer/config/train_config.h"

#include <stdint.h>

/* Sizes of a part, and the least seconds of several steps. All rows count as owned. */
typedef struct hr_part_timing {
    int64_t edges, rows, batch;
    double propagation, optimiser;
    double loss;      /* with `batch` samples, all of this part */
    double loss_bare; /* with one sample: the time of the pool and of the gradient's rows */
    double draw;      /* of drawing `batch` samples, none of this part */
} hr_part_timing;

/* Trains the part's edges for a few steps, on this process' threads, with its share of the batch and as many
 * candidates a sample as on the whole graph. Writes a partition file into TMPDIR, or /tmp, and removes
 * it. `whole` is the graph that the plan was built of. HR_INPUT for a part without edges; HR_IO, HR_MEMORY. One process. */
hr_status hr_part_time(const hr_plan *plan, const hr_graph *whole, int32_t part,
                       const hr_train_config *config, hr_part_timing *timing, hr_error *err);

#endif
