/* Which part gets each edge, such that the halo is minimal.
 *
 * An edge with both ends in one part belongs to that part. The cut edges of a pair of parts form a bipartite
 * graph. Its minimum vertex cover (cover.h) says which ends become ghosts: the vertices in the cover. A cut
 * edge belongs to the part that does not own its covered end, and finds a ghost of that end there. Ghosts of
 * different pairs are different, so the minimum of each pair gives the minimum of all.
 *
 * Each rank has the edges of its own users. The cut edges of a pair travel to one rank, which finds the cover
 * and answers for each edge; pairs are divided among ranks (pair_edges.h). */
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
    uint8_t *with_movie; /* [edges here] 1: the edge is on the part that owns its movie; 0: its user */
    int64_t *load;       /* [parts] edges of each part, of all ranks */
    hr_ghost *ghost;     /* [ghosts] of the pairs that this rank has seen, in no particular order */
    int64_t ghosts, ghost_capacity;
    int64_t cut_edges; /* edges whose ends have different owners, of all ranks */
    int64_t matching;  /* maximum matchings summed over all pairs: equals ghosts of all ranks */
} hr_placement;

/* Assigns all edges.
 *   owner  [users + movies] part of each vertex, as hr_cut gives it, the same on all ranks
 *
 * An edge with both ends in the cover may belong to either part. Once all others of a round of pairs are
 * assigned, the pair's first such edges go to the one part and its last ones to the other, such that the cost of
 * the two, counted in edges and movies, is as equal as can be. The assignment does not depend on the number of
 * ranks. Collective; all ranks return the same status. HR_MEMORY, HR_COMM. */
hr_status hr_placement_make(hr_placement *placement, const hr_graph *graph, const int32_t *owner,
                            int32_t parts, hr_error *err);

void hr_placement_free(hr_placement *placement);

#endif
