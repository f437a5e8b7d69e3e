/* The partition file: a plan on disk, of which each rank reads its own pieces only.
 *
 * `format` = "halorec-partition", `version` = 2. The arrays are those of hr_plan, named part/… for what
 * has one element a part, owner, vertex/…, ghost/…, user_slot/…, movie_slot/…, edge/…, rated/…; the
 * attributes those of hr_plan_summary, method, seed, valid_share and the dataset's fingerprint. */
#ifndef HR_PARTITION_PLAN_PARTITION_FILE_H
#define HR_PARTITION_PLAN_PARTITION_FILE_H

#include "io/base/error.h"
#include "io/dataset/dataset.h"
#include "io/hdf5/h5.h"
#include "partition/plan/grid.h"
#include "partition/plan/plan.h"
#include "partition/plan/plan_table.h"

#include <stdint.h>

#define HR_PARTITION_FORMAT "halorec-partition"

/* Where a partition comes from. */
typedef struct hr_partition_origin {
    char fingerprint[HR_FINGERPRINT_LENGTH]; /* of the dataset */
    double valid_share;                      /* train ratings held out by --valid before cutting */
    hr_cut_method method;
    uint64_t seed;
} hr_partition_origin;

/* Writes the file durably: under a temporary name, which is then renamed. Each rank writes what it has of the plan,
 * and the lists of its parts, some millions of edges at a time; the file is the same on any number of ranks.
 *   graph   that the plan was built of
 * Collective over the graph's ranks; all return the same status. HR_IO, HR_MEMORY, HR_COMM. */
hr_status hr_partition_write(const hr_plan *plan, const hr_graph *graph, const hr_partition_origin *origin,
                             const char *path, hr_error *err);

/* Opens the file for reading; the caller closes *file with hr_h5_close. Local. HR_INPUT for a foreign,
 * damaged or truncated file; HR_IO. */
hr_status hr_partition_open(hr_h5 **file, hr_partition_origin *origin, hr_plan_summary *summary,
                            const char *path, hr_error *err);

/* Checks that the file was cut from the dataset with this fingerprint, with this valid share, and into a graph of this
 * size. HR_INPUT (dataset, size) or HR_USAGE (valid share), with the command that makes the right file. */
hr_status hr_partition_match(const hr_h5 *file, const hr_partition_origin *origin,
                             const hr_plan_summary *summary, const char *fingerprint, double valid_share,
                             hr_graph_size size, hr_error *err);

/* Chooses the grid for the file's parts.
 *   asked  "PxC", or "" for ranks / parts column groups
 *   ranks  number of ranks
 *
 * HR_USAGE, with the command that makes the right file, where parts and ranks do not fit. */
hr_status hr_partition_grid(const hr_h5 *file, const hr_plan_summary *summary, const char *asked,
                            int32_t ranks, hr_grid_shape *shape, hr_error *err);

#endif
