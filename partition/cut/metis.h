/* METIS, on rank 0. */
#ifndef HR_PARTITION_CUT_METIS_H
#define HR_PARTITION_CUT_METIS_H

#include "io/base/error.h"
#include "partition/cut/graph.h"

#include <stdint.h>

/* Cuts into parts >= 2 by METIS_PartGraphKway. Rank 0 receives all edges, 4 bytes each, and gives METIS both
 * directions of each. Debian's METIS counts them, and vertices, by 32 bits: a graph of more than 2^30 - 1 edges
 * is HR_MEMORY. Collective; all ranks return the same status, and the same owners (cut.h). */
hr_status hr_cut_metis(const hr_graph *graph, int32_t parts, uint64_t seed, int32_t *owner, hr_error *err);

#endif
