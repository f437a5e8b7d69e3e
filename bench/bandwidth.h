/* What the machine can do: bytes a second with all threads at work, measured here and now. */
#ifndef HR_BENCH_BANDWIDTH_H
#define HR_BENCH_BANDWIDTH_H

#include "io/base/error.h"

#include <stdint.h>

/* Reading and writing memory in order (a copy of arrays far beyond any cache), bytes read plus bytes written.
 */
hr_status hr_bandwidth_stream(double *bytes_a_second, hr_error *err);

/* What an edge does to a movie's line of one panel: read a cache line, add to the one beside it; in order
 * over `lines` such pairs, which a thread has to itself. 3 lines of 64 bytes move for each. */
hr_status hr_bandwidth_cache(int64_t lines, double *bytes_a_second, hr_error *err);

#endif
