/* The usual edge pass, for comparison: each vertex sums its neighbours' rows, users from movies, then movies
 * from users. */
#ifndef HR_BENCH_GATHER_H
#define HR_BENCH_GATHER_H

#include "trainer/simd/dispatch.h"

#include <stdint.h>

/* Both directions of a graph's edges, as partition/cut/graph.h has them. */
typedef struct hr_both_ways {
    int64_t users, movies;
    const int64_t *user_ptr, *movie_ptr;
    const int32_t *user_movie, *movie_user;
} hr_both_ways;

/* y = A x, A the adjacency matrix, by two products in compressed row storage.
 *   x, y  [vertices x cols] row-major, users' rows first */
HR_KERNEL(void, hr_gather,
          (const hr_both_ways *graph, const float *restrict x, float *restrict y, int64_t cols),
          (graph, x, y, cols))

#endif
