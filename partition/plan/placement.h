/* Which part gets each edge, such that the halo is minimal.
 *
 * An edge with both ends in one part belongs to that part. The cut edges of a pair of parts form a bipartite
 * graph. Its minimum vertex cover (cover.h) says which ends become ghosts: the vertices in the cover. A cut
 * edge belongs to the part that does not own its covered end, and finds a ghost of that end there. Ghosts of
 * different pairs are different, so the minimum of each pair gives the minimum of all. */
#ifndef HR_PARTITION_PLAN_PLACEMENT_H
#define HR_PARTITION_PLAN_PLACEMENT_H

#include "io/base/error.h"
#include "partition/cut/graph.h"

#include <stdint.h>

/* A vertex of another part that a part has a copy of. */
typedef struct hr_ghost {
    int32_t part;
    int64_t vertex;
} hr_ghost;

/* Zero-initialise; free with hr_placement_free. */
typedef struct hr_placement {
    int32_t *edge_part; /* [edges] part of each edge */
    int64_t *load;      /* [parts] edges of each part */
    hr_ghost *ghost;    /* [ghosts] in no particular order */
    int64_t ghosts, ghost_capacity;
    int64_t cut_edges; /* edges whose ends have different owners */
    int64_t matching;  /* maximum matchings summed over pairs: equals ghosts */
} hr_placement;

/* Assigns all edges.
 *   owner  [users + movies] part of each vertex, as hr_cut gives it
 *
 * An edge with both ends in the cover may belong to either part; it goes to the one with the lower cost so
 * far, counted in edges and movies. HR_MEMORY. Local. */
hr_status hr_placement_make(hr_placement *placement, const hr_graph *graph, const int32_t *owner,
                            int32_t parts, hr_error *err);

void hr_placement_free(hr_placement *placement);

#endif
