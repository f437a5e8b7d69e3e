/* The least that an edge pass could take on the machine as it is now. */
#ifndef HR_BENCH_EDGE_FLOOR_H
#define HR_BENCH_EDGE_FLOOR_H

#include "io/base/error.h"

#include <stdint.h>

typedef struct hr_edge_floor {
    double stream_bytes, cache_bytes; /* that have to move, in memory and in the cache */
    double stream_rate, cache_rate;   /* bytes a second, measured */
    double seconds;                   /* the longer of the two */
} hr_edge_floor;

/* Of one pass over so many edges, of rows of `dim` columns: every row in and out of memory once and every
 * edge's index once a panel; and in the cache, for each edge and panel, a line read and a line read and
 * written. Measures the machine for a second. HR_MEMORY. */
hr_status hr_edge_floor_measure(hr_edge_floor *floor, int64_t vertices, int64_t edges, int64_t dim,
                                hr_error *err);

#endif
