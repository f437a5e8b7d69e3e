/* Bandwidth of the machine, in bytes a second of all threads together, measured when called. */
#ifndef HR_BENCH_BANDWIDTH_H
#define HR_BENCH_BANDWIDTH_H

#include "io/base/error.h"

#include <stdint.h>

/* Of memory: a copy of arrays far larger than any cache; counts bytes read and bytes written. HR_MEMORY. */
hr_status hr_bandwidth_stream(double *bytes_a_second, hr_error *err);

/* Of the caches, by the access of an edge to a movie's line of a panel: a thread reads a cache line and adds to
 * the one beside it, over `lines` pairs of its own, in order. Counts 3 lines of 64 bytes a pair: two read, one
 * written. HR_MEMORY. */
hr_status hr_bandwidth_cache(int64_t lines, double *bytes_a_second, hr_error *err);

#endif
