/* A lower bound of the time of an edge pass: what has to move and to be added, over the highest rates measured.
 *
 * It holds for programs that sweep the edges in the shard's order, or by its tiles where they are faster
 * (trainer/propagation/tiled_edges.h), a panel of 16 columns after the other, and is the largest of four times; each
 * overlaps the others in the best program, and perhaps in none.
 *   lines     each edge and panel reads a movie's line and adds to its sum. In the shard's order a core's caches keep
 *             what they can (cache_misses.h). In a tile all come from the first cache but the first time, and each run
 *             reads a user's line and adds to its sum, in the second. As many of both are measured, with lines from the
 *             same levels in the best order
 *   adding    two additions an edge and column, at the highest rate of the processor
 *   third     what the second caches cannot keep from pass to pass comes through the third: rows, read once and
 *             written once, and the edges' indices, for each panel
 *   memory    what all caches together cannot keep comes from memory: rows and indices, once */
#ifndef HR_BENCH_EDGE_FLOOR_H
#define HR_BENCH_EDGE_FLOOR_H

#include "bench/machine_rates.h"
#include "partition/halo/shard.h"

/* What a pass has to do, on a machine with such caches. */
typedef struct hr_edge_work {
    double panels;        /* columns over those of a panel */
    double edges, runs;   /* of all panels; runs are 0 in the shard's order */
    double additions;     /* floats that are added, of all panels */
    hr_line_shares lines; /* where the lines of edges and runs come from */
    double third_bytes, memory_bytes;
} hr_edge_work;

/* Counts it, for rows of `dim` columns and `threads` threads. HR_MEMORY. */
hr_status hr_edge_work_count(hr_edge_work *work, const hr_shard *shard, int64_t dim, const hr_caches *caches,
                             int threads, hr_error *err);

typedef struct hr_edge_floor {
    double lines, adding, third, memory; /* seconds */
    double seconds;                      /* the largest of them */
} hr_edge_floor;

/* The floor of that work at these rates.
 *   edges_a_second  of one panel's, as hr_machine_probe_edges measures them for work->lines */
hr_edge_floor hr_edge_floor_of(const hr_edge_work *work, const hr_machine_rates *rates,
                               double edges_a_second);

/* Counts and measures, for about a second. HR_MEMORY. */
hr_status hr_edge_floor_measure(hr_edge_floor *floor, const hr_shard *shard, int64_t dim, hr_error *err);

#endif
