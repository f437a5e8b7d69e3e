/* From a dataset file to a plan: read, make the graph, cut it, place edges. */
#ifndef HR_PARTITION_BUILD_H
#define HR_PARTITION_BUILD_H

#include "io/error.h"
#include "partition/cut.h"
#include "partition/partition_file.h"
#include "partition/plan.h"

#include <stdint.h>

/* Reads the dataset at `path`, holds out origin->valid_share of its train ratings, cuts by origin->method
 * and origin->seed and fills *plan; origin->fingerprint is written. The whole graph is in memory
 * meanwhile. HR_USAGE for too many parts; HR_INPUT and HR_IO for the file; HR_MEMORY. One process. */
hr_status hr_partition_build(hr_plan *plan, hr_partition_origin *origin, const char *path, int32_t parts,
                             hr_error *err);

#endif
