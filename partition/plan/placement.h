/* Which part gets each edge: the smallest halo there is.
 *
 * An edge with both ends in one part lies there. The cut edges of a pair of parts form a bipartite graph; its
 * smallest cover (cover.h) says which ends become ghosts, and an edge lies opposite to its covered end. */
#ifndef HR_PARTITION_PLAN_PLACEMENT_H
#define HR_PARTITION_PLAN_PLACEMENT_H

#include "io/base/error.h"
#include "partition/cut/graph.h"

#include <stdint.h>

/* A vertex that a part has a copy of. */
typedef struct hr_ghost {
    int32_t part;
    int64_t vertex;
} hr_ghost;

/* Zero-initialise; free with hr_placement_free. */
typedef struct hr_placement {
    int32_t *edge_part; /* [edges] part that holds each edge */
    int64_t *load;      /* [parts] edges of each part */
    hr_ghost *ghost;    /* [ghosts] in no particular order */
    int64_t ghosts, ghost_capacity;
    int64_t cut_edges;
    int64_t matching; /* largest matching summed over pairs: equals ghosts */
} hr_placement;

/* Places all edges; owner [users + movies] as hr_cut gives it. An edge with both ends in the cover goes to
 * the part of the pair that has less to do so far, in edges and in movies. HR_MEMORY. One process. */
hr_status hr_placement_make(hr_placement *placement, const hr_graph *graph, const int32_t *owner,
                            int32_t parts, hr_error *err);

void hr_placement_free(hr_placement *placement);

#endif
