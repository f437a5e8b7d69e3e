#include "trainer/serve/http/metrics.h"

#include "io/base/memory.h"

#include <inttypes.h>

/* The last is for all others. */
static const int statuses[HR_METRIC_STATUSES] = {200, 201, 202, 204, 206, 301, 302, 303, 304,
                                                 400, 401, 403, 404, 405, 409, 413, 414, 415,
                                                 421, 422, 429, 431, 500, 501, 503, 507, 0};

/* Upper bounds; the last is for all others. */
static const double bounds[HR_METRIC_SECONDS] = {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1,
                                                 0.2,   0.5,   1.0,   2.0,  5.0,  10.0, 1e300};

hr_status hr_metrics_create(hr_metrics *metrics, const hr_route_set *sets, hr_error *err)
{
    hr_status status = HR_OK;
    metrics->sets = sets;
    metrics->routes = hr_route_count(sets);
    HR_ALLOC(metrics->route, metrics->routes + 1);
done:
    return status;
}

void hr_metrics_free(hr_metrics *metrics)
{
    free(metrics->route);
    metrics->route = NULL;
}

void hr_metrics_count(hr_metrics *metrics, int route, int status, int64_t nanoseconds)
{
    hr_route_metrics *m = &metrics->route[route < 0 ? metrics->routes : route];
    int s = 0, b = 0;
    while (s < HR_METRIC_STATUSES - 1 && statuses[s] != status)
        s++;
    while (b < HR_METRIC_SECONDS - 1 && (double)nanoseconds * 1e-9 > bounds[b])
        b++;
    m->requests[s]++;
    m->within[b]++;
    m->nanoseconds += (uint64_t)nanoseconds;
}

/* Calls `print` with the labels of each route that was asked for. */
static void each_route(const hr_metrics *m, FILE *out,
                       void (*print)(FILE *out, const char *labels, const hr_route_metrics *route))
{
    char labels[256];
    int number = 0;
    for (const hr_route_set *set = m->sets; set->routes; set++)
        for (const hr_route *route = set->routes; route->method; route++, number++) {
            snprintf(labels, sizeof labels, "method=\"%s\",route=\"%s\"", route->method, route->path);
            print(out, labels, &m->route[number]);
        }
    print(out, "method=\"\",route=\"\"", &m->route[m->routes]);
}

static void print_requests(FILE *out, const char *labels, const hr_route_metrics *route)
{
    for (int s = 0; s < HR_METRIC_STATUSES; s++)
        if (route->requests[s] > 0)
            fprintf(out, "halorec_requests_total{%s,status=\"%d\"} %" PRIu64 "\n", labels, statuses[s],
                    route->requests[s]);
}

static void print_seconds(FILE *out, const char *labels, const hr_route_metrics *route)
{
    uint64_t count = 0;
    for (int b = 0; b < HR_METRIC_SECONDS; b++)
        count += route->within[b];
    if (count == 0)
        return;
    uint64_t so_far = 0;
    for (int b = 0; b < HR_METRIC_SECONDS - 1; b++) {
        so_far += route->within[b];
        fprintf(out, "halorec_request_seconds_bucket{%s,le=\"%g\"} %" PRIu64 "\n", labels, bounds[b], so_far);
    }
    fprintf(out, "halorec_request_seconds_bucket{%s,le=\"+Inf\"} %" PRIu64 "\n", labels, count);
    fprintf(out, "halorec_request_seconds_sum{%s} %.6f\n", labels, (double)route->nanoseconds * 1e-9);
    fprintf(out, "halorec_request_seconds_count{%s} %" PRIu64 "\n", labels, count);
}

static void print_one(FILE *out, const char *name, const char *type, const char *help, int64_t value)
{
    fprintf(out, "# HELP %s %s\n# TYPE %s %s\n%s %" PRId64 "\n", name, help, name, type, name, value);
}

void hr_metrics_print(const hr_metrics *metrics, FILE *out)
{
    fputs("# HELP halorec_requests_total Requests answered.\n# TYPE halorec_requests_total counter\n", out);
    each_route(metrics, out, print_requests);
    fputs(
        "# HELP halorec_request_seconds Seconds from a request's first line to its answer.\n"
        "# TYPE halorec_request_seconds histogram\n",
        out);
    each_route(metrics, out, print_seconds);
    print_one(out, "halorec_connections", "gauge", "Open connections.", metrics->connections);
    print_one(out, "halorec_requests_waiting", "gauge", "Requests in a queue.", metrics->waiting);
    print_one(out, "halorec_requests_refused_total", "counter", "Requests refused because a queue was full.",
              (int64_t)metrics->refused);
    print_one(out, "halorec_connections_timed_out_total", "counter",
              "Connections closed because they took too long.", (int64_t)metrics->timed_out);
    print_one(out, "halorec_batches_total", "counter", "Batches of requests for lists.",
              (int64_t)metrics->batches);
    print_one(out, "halorec_batched_requests_total", "counter", "Requests for lists in batches.",
              (int64_t)metrics->batched);
}
