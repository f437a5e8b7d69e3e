/* The usual edge pass, for comparison: each vertex sums its neighbours' rows, users from movies, then movies
 * from users. */
#ifndef HR_BENCH_GATHER_H
#define HR_BENCH_GATHER_H

#include "partition/cut/graph.h"
#include "trainer/simd/dispatch.h"

/* y = A x, A the adjacency matrix, by two products in compressed row storage.
 *   x, y  [vertices x cols] row-major, users' rows first */
HR_KERNEL(void, hr_gather, (const hr_graph *graph, const float *restrict x, float *restrict y, int64_t cols),
          (graph, x, y, cols))

#endif
