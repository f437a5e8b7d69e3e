/* What a processor can do at most: the motions of memory and the arithmetic of kernels, without their work, in the
 * widest registers of the instruction set. machine_rates.h measures by them. And the usual edge pass, for comparison.
 *
 * Memory is lines in groups of HR_PROBE_GROUP. */
#ifndef HR_BENCH_PROBES_H
#define HR_BENCH_PROBES_H

#include "trainer/kernels/edge_sweep.h"

enum { HR_PROBE_GROUP = 8 };

/* joined = the bits of all lines, as much of it as a register holds. */
HR_KERNEL(void, hr_probe_read, (const hr_line *line, int64_t lines, hr_line *joined), (line, lines, joined))

HR_KERNEL(void, hr_probe_copy, (hr_line * to, const hr_line *from, int64_t lines), (to, from, lines))

/* Movies' lines that a probe takes one after another, and then from the first on again; a whole number of groups. */
typedef struct hr_probe_ring {
    hr_movie_line *line;
    int64_t lines;
} hr_probe_ring;

/* The edges of a sweep, a group of lines after the other: group i is the next one of ring[pattern[i]], and after the
 * last the pattern begins again. */
enum { HR_PROBE_PATTERN = 64, HR_PROBE_RINGS = 3 };
typedef struct hr_edge_probe {
    hr_probe_ring ring[HR_PROBE_RINGS];
    uint8_t pattern[HR_PROBE_PATTERN];
    int64_t rounds; /* of the pattern */
} hr_edge_probe;

/* What a sweep does for an edge, for each line: sum += its x, and its y += the row in `sum` at the start. */
HR_KERNEL(void, hr_probe_edges, (const hr_edge_probe *probe, hr_line *sum), (probe, sum))

/* Additions to as many sums as hide their latency, or multiply-adds; returns the number of lanes that were added. */
HR_KERNEL(int64_t, hr_probe_add, (int64_t rounds, hr_line *sum), (rounds, sum))
HR_KERNEL(int64_t, hr_probe_multiply_add, (int64_t rounds, hr_line *sum), (rounds, sum))

/* So many whole numbers, each the one before it and 1: one a cycle. */
HR_KERNEL(int64_t, hr_probe_count, (int64_t count), (count))

/* The usual edge pass, which panels are compared with: each vertex sums its neighbours' rows, users from movies, then movies
 * from users. */

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
