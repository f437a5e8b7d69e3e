/* From a dataset file to a plan: reads the ratings, builds the graph, cuts it and builds the plan. */
#ifndef HR_PARTITION_PLAN_PLAN_DATASET_H
#define HR_PARTITION_PLAN_PLAN_DATASET_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "partition/cut/cut.h"
#include "partition/cut/graph.h"
#include "partition/plan/partition_file.h"
#include "partition/plan/plan.h"

#include <stdint.h>

/* Builds the train graph of a dataset file, divided among the ranks.
 *   graph   receives the graph; free it with hr_graph_free
 *   origin  valid_share of the train ratings is held out; fingerprint is written; a method of HR_CUT_AUTO becomes
 *           the one that is taken
 *
 * Collective; all ranks return the same status. HR_INPUT and HR_IO for the file; HR_MEMORY. */
hr_status hr_partition_graph(hr_graph *graph, const hr_comm *comm, hr_partition_origin *origin,
                             const char *path, hr_error *err);

/* Cuts the graph by origin->method and origin->seed and builds the plan, which hr_plan_free frees. Collective over
 * the graph's ranks; all return the same status. HR_USAGE for too many parts; HR_MEMORY. */
hr_status hr_partition_plan(hr_plan *plan, const hr_graph *graph, const hr_partition_origin *origin,
                            int32_t parts, hr_error *err);

#endif
