/* The usual way, to compare with: each vertex gathers its neighbours' rows, users from movies, then movies
 * from users. */
#ifndef HR_BENCH_GATHER_H
#define HR_BENCH_GATHER_H

#include "partition/cut/graph.h"

/* y = A x by two products with compressed rows, users' rows first; x and y are vertices x cols. */
void hr_gather(const hr_graph *graph, const float *restrict x, float *restrict y, int64_t cols);

#endif
