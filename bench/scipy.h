/* The CSR product of scipy with the same matrix, where Debian's python3-scipy is installed. */
#ifndef HR_BENCH_SCIPY_H
#define HR_BENCH_SCIPY_H

#include "io/base/error.h"
#include "partition/cut/graph.h"

/* Seconds of one product of the graph's symmetric matrix with vertices x cols floats; 0 where there is no
 * scipy. */
hr_status hr_scipy_seconds(const hr_graph *graph, int64_t cols, double *seconds, hr_error *err);

#endif
