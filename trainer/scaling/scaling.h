/* How training scales: predicted steps (postal_model.h) for several numbers of parts of one graph, each part on
 * a rank or on a row of column groups; where more parts stop to pay, and why. */
#ifndef HR_TRAINER_SCALING_SCALING_H
#define HR_TRAINER_SCALING_SCALING_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "partition/plan/plan_dataset.h"
#include "trainer/scaling/compute_rates.h"
#include "trainer/scaling/postal_model.h"

#include <stdint.h>

/* A number of parts, figures of its plan, and the predicted step. */
typedef struct hr_scaling_point {
    int32_t parts;
    hr_part_load *loads; /* [parts] */
    int64_t ghosts;      /* of all parts */
    int64_t most_edges;  /* of the part that has most */
    int64_t bytes;       /* that all ranks send in a step */
    int64_t memory;      /* bytes of the rank that needs most */
    hr_step_time time;
    double speedup, efficiency; /* against one rank */
} hr_scaling_point;

enum { HR_MAX_SCALING_POINTS = 32, HR_MAX_PART_TIMINGS = 3 };

/* Zero-initialise; free with hr_scaling_free. */
typedef struct hr_scaling {
    int32_t groups;                                /* column groups of each point's grid, at least 1 */
    hr_scaling_point point[HR_MAX_SCALING_POINTS]; /* by number of parts; the first has one */
    int points;
    hr_step_time one;                           /* of one rank */
    hr_part_timing timing[HR_MAX_PART_TIMINGS]; /* of largest parts, alone: the first point's, a middle one's
                                                 * and the last one's */
    int timings;
} hr_scaling;

/* Makes the points of a list like "1,2,4,1024": in ascending order, each once, 1 always among them.
 * HR_USAGE. */
hr_status hr_scaling_parse(const char *text, hr_scaling *scaling, hr_error *err);

/* Cuts the graph for each point and fills all but time, speedup and efficiency; times some parts alone.
 *   comm  for the log (io/comm/log.h)
 * Errors as hr_partition_plan and hr_part_time. One process. */
hr_status hr_scaling_cut(hr_scaling *scaling, const hr_comm *comm, const hr_graph *graph,
                         const hr_partition_origin *origin, const hr_train_config *config, hr_error *err);
void hr_scaling_free(hr_scaling *scaling);

/* Fills one, time, bytes, speedup and efficiency. May be called again with other configurations and machines.
 */
void hr_scaling_predict(hr_scaling *scaling, const hr_train_config *config, const hr_machine *machine);

/* The point whose step is fastest, and the last point up to which all have an efficiency of at least 0.5. */
const hr_scaling_point *hr_scaling_fastest(const hr_scaling *scaling);
const hr_scaling_point *hr_scaling_half_efficient(const hr_scaling *scaling);

/* Seconds by which each term of a point exceeds its share of one rank's term: the sum is what a step takes
 * beyond an ideal one. Imbalance shows in the terms of computing. */
void hr_scaling_excess(const hr_scaling *scaling, const hr_scaling_point *point, double excess[HR_TERMS]);

#endif
