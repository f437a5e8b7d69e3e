/* A minimum vertex cover of a bipartite graph: the smallest set of vertices that touches every edge.
 *
 * By König's theorem it is as large as a maximum matching. Hopcroft and Karp (1973) find the matching in
 * O(edges x sqrt(vertices)); alternating paths from unmatched left vertices then give the cover.
 *
 * It decides which rank gets a cut edge. The graph is that of the edges between parts p and q, left vertices
 * being p's and right ones q's; each vertex in the cover becomes a ghost on the other part. */
#ifndef HR_PARTITION_PLAN_COVER_H
#define HR_PARTITION_PLAN_COVER_H

#include "io/base/error.h"

#include <stdint.h>

/* A bipartite graph as compressed rows of its left vertices. */
typedef struct hr_bipartite {
    int64_t left, right;
    const int64_t *ptr;      /* [left + 1] */
    const int32_t *right_of; /* [ptr[left]] right ends, no edge twice */
} hr_bipartite;

/* Finds a minimum vertex cover.
 *   in_left   [left] receives 1 for vertices in the cover, else 0
 *   in_right  [right] likewise
 *   size      receives the number of vertices in the cover
 *   matching  receives the number of edges of a maximum matching; it equals size, which proves that the cover
 *             is minimal
 *
 * Deterministic. HR_MEMORY. Local. */
hr_status hr_cover(const hr_bipartite *graph, uint8_t *in_left, uint8_t *in_right, int64_t *size,
                   int64_t *matching, hr_error *err);

#endif
