/* How fast this machine is at most, measured by probes.h on all threads at once. Threads are those of OpenMP, but no
 * more than there are cores. */
#ifndef HR_BENCH_MACHINE_RATES_H
#define HR_BENCH_MACHINE_RATES_H

#include "bench/caches.h"
#include "io/base/error.h"

#include <jansson.h>

/* The highest rates measured so far, a second, of all threads together; 0 where there is no such level. */
typedef struct hr_machine_rates {
    double read[HR_LEVELS], copy[HR_LEVELS]; /* bytes; of a copy those read and those written */
    double additions;                        /* of floats, in additions or multiply-adds */
    double clock;                            /* cycles, of one core */
} hr_machine_rates;

/* Memory of the probes. */
typedef struct hr_machine_probe hr_machine_probe;
hr_status hr_machine_probe_create(hr_machine_probe **probe, const hr_caches *caches, hr_error *err);
void hr_machine_probe_free(hr_machine_probe *probe);

/* Measures for about 0.2 s, and keeps the higher of each rate. Alternate with what is compared: the machine's
 * other work then slows both. */
void hr_machine_probe_rates(hr_machine_probe *probe, hr_machine_rates *rates);

/* Where the movies' lines of an edge sweep come from: shares of the edges, whose sum is 1. */
typedef struct hr_line_shares {
    double near, middle, far; /* from the first cache, the second, and `farthest` */
    hr_level farthest;
} hr_line_shares;

/* Edges a second, of one panel, whose lines come in the best order: those of each level one after another, with as
 * many of each as the shares say, to 1/64. Keeps the higher, as above. */
void hr_machine_probe_edges(hr_machine_probe *probe, const hr_line_shares *shares, double *edges_a_second);

/* An object with the clock, the additions, and the rates of the levels by their names. The caller frees it. */
json_t *hr_machine_rates_json(const hr_machine_rates *rates);

/* Floating-point operations a second of products of 4096 x dim by dim x 4096, on all threads of this process: the
 * best of five. HR_MEMORY. */
hr_status hr_sgemm_rate(int64_t dim, double *rate, hr_error *err);

#endif
