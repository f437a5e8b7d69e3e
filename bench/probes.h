/* The memory traffic of kernels without their work: what bandwidth.h measures by. */
#ifndef HR_BENCH_PROBES_H
#define HR_BENCH_PROBES_H

#include "trainer/kernels/edge_sweep.h"

/* The motion of an edge sweep, in order: sum += x of each line, y of each += sum as it was. */
HR_KERNEL(void, hr_touch_lines, (hr_movie_line * line, int64_t lines, hr_line *sum), (line, lines, sum))

#endif
