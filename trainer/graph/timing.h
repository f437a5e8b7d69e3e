/* Seconds spent, by activity. */
#ifndef HR_TRAINER_GRAPH_TIMING_H
#define HR_TRAINER_GRAPH_TIMING_H

#include "io/comm/comm.h"

typedef enum hr_activity {
    HR_TIME_COMPUTE, /* edge passes and what scales rows around them */
    HR_TIME_HALO,    /* scatter and reduce, with the wait for slower ranks */
    HR_TIME_LOSS,    /* samples, pool, scores and their gradients */
    HR_TIME_DENSE,   /* products with dense weights, and the sums of their gradients */
    HR_TIME_OPTIMISER,
    HR_TIME_EVALUATION,
    HR_TIME_CHECKPOINT, /* while training waits for one */
    HR_ACTIVITIES
} hr_activity;

typedef struct hr_timing {
    double seconds[HR_ACTIVITIES];
} hr_timing;

/* Adds the time since `start` (of hr_seconds) to an activity and returns now. */
static inline double hr_timing_add(hr_timing *timing, hr_activity activity, double start)
{
    const double now = hr_seconds();
    timing->seconds[activity] += now - start;
    return now;
}

#endif
