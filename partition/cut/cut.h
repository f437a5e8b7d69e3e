/* Gives every vertex of the graph to a part, its owner. */
#ifndef HR_PARTITION_CUT_CUT_H
#define HR_PARTITION_CUT_CUT_H

#include "io/base/error.h"
#include "partition/cut/graph.h"

#include <stdint.h>

/* How owners are chosen.
 *
 *   metis   few cut edges; parts balanced by their users' edges and by their movies' edges (Karypis & Kumar
 *           1998, multilevel k-way with two constraints), on rank 0, which holds the whole graph (metis.h)
 *   block   contiguous ranges of users, and of movies, with equally many edges
 *   random  each vertex to a part drawn by its number and the seed
 *   stream  few cut edges, balanced likewise, on all ranks, none of which holds the whole graph (stream.h)
 *   auto    metis for graphs of up to HR_METIS_EDGES edges, else stream
 *
 * The values are part of the partition file's format. */
typedef enum hr_cut_method {
    HR_CUT_METIS = 0,
    HR_CUT_BLOCK = 1,
    HR_CUT_RANDOM = 2,
    HR_CUT_STREAM = 3,
    HR_CUT_AUTO = 4
} hr_cut_method;

/* Edges up to which METIS is taken, which needs 100 bytes and 1 to 3 microseconds for each
 * (docs/decisions/075-cuts-on-all-ranks.md). */
enum { HR_METIS_EDGES = 20000000 };

/* The methods' names on the command line, by hr_cut_method, and a NULL. */
extern const char *const hr_cut_names[];

/* What `auto` means for a graph of that many edges; any other method as it is. */
hr_cut_method hr_cut_resolve(hr_cut_method method, int64_t edges);

/* Chooses the owners.
 *   owner  [users + movies] receives the part of each vertex, 0 <= owner[v] < parts, on all ranks
 *
 * Deterministic for a seed, on any number of ranks. Collective over the graph's ranks; all return the same
 * status: HR_USAGE where parts < 1 or parts > vertices; HR_MEMORY where there is no room or the graph exceeds
 * METIS's indices (the message gives the counts, and the methods without that limit). */
hr_status hr_cut(const hr_graph *graph, int32_t parts, hr_cut_method method, uint64_t seed, int32_t *owner,
                 hr_error *err);

#endif
