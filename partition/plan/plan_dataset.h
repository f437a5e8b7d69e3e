/* From a dataset file to a plan: read, make the graph, cut it, place edges. */
#ifndef HR_PARTITION_PLAN_PLAN_DATASET_H
#define HR_PARTITION_PLAN_PLAN_DATASET_H

#include "io/base/error.h"
#include "partition/cut/cut.h"
#include "partition/cut/graph.h"
#include "partition/plan/partition_file.h"
#include "partition/plan/plan.h"

#include <stdint.h>

/* Reads the dataset at `path` and holds out origin->valid_share of its train ratings; origin->fingerprint is
 * written. Free *graph with hr_graph_free. HR_INPUT and HR_IO for the file; HR_MEMORY. One process. */
hr_status hr_partition_graph(hr_graph *graph, hr_partition_origin *origin, const char *path, hr_error *err);

/* Cuts the graph by origin->method and origin->seed and fills *plan. HR_USAGE for too many parts; HR_MEMORY.
 * One process. */
hr_status hr_partition_plan(hr_plan *plan, const hr_graph *graph, const hr_partition_origin *origin,
                            int32_t parts, hr_error *err);

#endif
