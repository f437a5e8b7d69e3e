/* The smallest set of vertices that touches every edge of a bipartite graph.
 *
 * By König's theorem it is as large as the largest matching, which Hopcroft and Karp (1973) find in
 * O(edges x sqrt(vertices)); the cover follows from it by alternating paths. It decides which rank gets a
 * cut edge: the edges between parts p and q are the graph, left vertices are p's, right ones q's, and each
 * vertex in the cover becomes a ghost on the other side. */
#ifndef HR_PARTITION_PLAN_COVER_H
#define HR_PARTITION_PLAN_COVER_H

#include "io/base/error.h"

#include <stdint.h>

/* A bipartite graph by rows of left vertices. */
typedef struct hr_bipartite {
    int64_t left, right;
    const int64_t *ptr;      /* [left + 1] */
    const int32_t *right_of; /* [ptr[left]] right ends, no edge twice */
} hr_bipartite;

/* Finds a smallest vertex cover.
 *   in_left [left], in_right [right]  set to 1 for the vertices in the cover, else 0
 *   size      receives the number of vertices in the cover
 *   matching  receives the number of edges in the largest matching, which proves the size: they are equal
 * HR_MEMORY where there is no room. Deterministic. */
hr_status hr_cover(const hr_bipartite *graph, uint8_t *in_left, uint8_t *in_right, int64_t *size,
                   int64_t *matching, hr_error *err);

#endif
