/* A lower bound of the time of an edge pass on this machine: the bytes that must move, over the measured
 * bandwidth of the level that they come from. */
#ifndef HR_BENCH_EDGE_FLOOR_H
#define HR_BENCH_EDGE_FLOOR_H

#include "io/base/error.h"

#include <stdint.h>

typedef struct hr_edge_floor {
    double stream_bytes, cache_bytes; /* that must move, from and to memory, and the caches */
    double stream_rate, cache_rate;   /* bytes a second, measured */
    double seconds;                   /* the larger of the two times */
} hr_edge_floor;

/* Of one pass over `edges` edges, with rows of `dim` columns. Memory: each row is read and written once, and
 * each edge's index is read once for each panel. Caches: each edge reads one line of each panel, and reads and
 * writes another. Measures the bandwidths for a second. HR_MEMORY. */
hr_status hr_edge_floor_measure(hr_edge_floor *floor, int64_t vertices, int64_t edges, int64_t dim,
                                hr_error *err);

#endif
