/* Counts of requests and how long they took, as Prometheus reads them (text format 0.0.4). */
#ifndef HR_TRAINER_SERVE_HTTP_METRICS_H
#define HR_TRAINER_SERVE_HTTP_METRICS_H

#include "io/base/error.h"
#include "trainer/serve/http/route.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>

enum { HR_METRIC_STATUSES = 27, HR_METRIC_SECONDS = 14 };

typedef struct hr_route_metrics {
    _Atomic uint64_t requests[HR_METRIC_STATUSES];
    _Atomic uint64_t
        within[HR_METRIC_SECONDS]; /* those that took up to a bound, and no less than the one before */
    _Atomic uint64_t nanoseconds;  /* of all */
} hr_route_metrics;

/* Several threads may count at once. Zero-initialise; free with hr_metrics_free. */
typedef struct hr_metrics {
    const hr_route_set *sets;
    int routes;
    hr_route_metrics *route;           /* [routes + 1] the last are requests of no route */
    _Atomic int64_t connections;       /* open now */
    _Atomic int64_t waiting;           /* requests in a queue now */
    _Atomic uint64_t refused;          /* because a queue was full */
    _Atomic uint64_t timed_out;        /* connections that were closed because they took too long */
    _Atomic uint64_t batches, batched; /* calls of batch handlers, and requests in them */
} hr_metrics;

/* The sets must outlive it. HR_MEMORY. */
hr_status hr_metrics_create(hr_metrics *metrics, const hr_route_set *sets, hr_error *err);
void hr_metrics_free(hr_metrics *metrics);

/* Counts a request of route number `route`, or -1 for none. */
void hr_metrics_count(hr_metrics *metrics, int route, int status, int64_t nanoseconds);

/* Prints all, each name with its # HELP and # TYPE. */
void hr_metrics_print(const hr_metrics *metrics, FILE *out);

#endif
