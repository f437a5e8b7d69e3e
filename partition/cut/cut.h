/* Gives every vertex of the graph to a part, its owner. */
#ifndef HR_PARTITION_CUT_CUT_H
#define HR_PARTITION_CUT_CUT_H

#include "io/base/error.h"
#include "partition/cut/graph.h"

#include <stdint.h>

/* How owners are chosen.
 *
 *   metis   few cut edges; parts balanced by their users' edges and by their movies' edges (Karypis & Kumar
 *           1998, multilevel k-way with two constraints)
 *   block   contiguous ranges of users, and of movies, with equally many edges
 *   random  each vertex to a part drawn by its number and the seed
 */
typedef enum hr_cut_method { HR_CUT_METIS, HR_CUT_BLOCK, HR_CUT_RANDOM } hr_cut_method;

/* The methods' names on the command line, by hr_cut_method, and a NULL: "metis", "block", "random". */
extern const char *const hr_cut_names[];

/* Chooses the owners.
 *   owner  [users + movies] receives the part of each vertex, 0 <= owner[v] < parts
 *
 * Deterministic for a seed. HR_USAGE where parts < 1 or parts > vertices; HR_MEMORY where there is no room or
 * the graph exceeds METIS's indices (the message gives the counts, and the methods without that limit).
 * Local. */
hr_status hr_cut(const hr_graph *graph, int32_t parts, hr_cut_method method, uint64_t seed, int32_t *owner,
                 hr_error *err);

#endif
