/* Choosing a filter's options on train edges that are held out for it: every combination of a few values of each. */
#ifndef HR_TRAINER_FILTERS_FILTER_CHOICE_H
#define HR_TRAINER_FILTERS_FILTER_CHOICE_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/filters/filter.h"
#include "trainer/numerics/summation.h"

#include <stdint.h>

typedef struct hr_filter_search {
    const hr_comm *comm;
    const hr_train_graph *graph;
    hr_summation how; /* sums of singular vectors are made */
    uint64_t seed;
    int64_t columns; /* most vectors */
} hr_filter_search;

/* Replaces options below 0, and 0 vectors, by those of the combination whose lists are best (hr_held_out_quality), of about a
 * thousand users. Ranks divide the users; the choice is the same on any number of ranks and threads. Says on standard error
 * how good it is. Collective; all ranks return the same status. HR_MEMORY, HR_COMM. */
hr_status hr_filter_choose(const hr_filter_search *search, hr_filter_options *options, hr_error *err);

#endif
