/* The lists of a plan's user slots: edges, and train movies of the user on all parts, with their ratings.
 *
 * The edges of a user are on the rank that read them, its slots on the ranks of the parts where it has some. A
 * rank asks for the lists of a run of slots of one of its parts, some millions of edges at a time, and answers
 * what others ask for. */
#ifndef HR_PARTITION_PLAN_PLAN_LISTS_H
#define HR_PARTITION_PLAN_PLAN_LISTS_H

#include "io/base/error.h"
#include "partition/cut/graph.h"
#include "partition/plan/list_requests.h"
#include "partition/plan/plan.h"

#include <stdint.h>

/* Lists of a run of slots. */
typedef struct hr_slot_lists {
    hr_slot_run slots;
    int64_t first_edge, edges;  /* number of the first one, over all parts */
    int64_t first_rated, rated; /* likewise */
    int32_t *edge_movie;        /* [edges] movie slot, ascending within a user slot */
    int32_t *rated_movie;       /* [rated] movie numbers, ascending within a user slot */
    float *rated_value;         /* [rated] ratings; NULL where the graph has no values */
} hr_slot_lists;

/* Fills plan->slot_edges. Collective; all ranks return the same status. HR_MEMORY, HR_COMM. */
hr_status hr_plan_count_edges(hr_plan *plan, const hr_graph *graph, hr_error *err);

/* Calls `visit` with all lists of this rank's parts, in order of parts and slots; it does not keep them.
 * Collective; all ranks return the same status, that of a visit which failed among them. HR_MEMORY, HR_COMM. */
typedef hr_status hr_visit_lists(void *context, const hr_slot_lists *lists, hr_error *err);
hr_status hr_plan_each_list(const hr_plan *plan, const hr_graph *graph, hr_visit_lists *visit, void *context,
                            hr_error *err);

#endif
