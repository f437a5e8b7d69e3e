#include "trainer/serve/service/health.h"

#include "io/base/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static hr_status answer_alive(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    (void)context;
    (void)request;
    return hr_answer_json(answer, json_pack("{s:s}", "status", "alive"), err);
}

static hr_status answer_ready(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_health *h = context;
    (void)request;
    if (h->draining)
        return hr_answer_problem(answer, 503, NULL, "the server is ending");
    return hr_answer_json(answer, json_pack("{s:s}", "status", "ready"), err);
}

/* Bytes of memory that the process has: the second number of /proc/self/statm, in pages. */
static int64_t resident_bytes(void)
{
    int64_t pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file)
        return 0;
    if (fscanf(file, "%*d %" SCNd64, &pages) != 1)
        pages = 0;
    fclose(file);
    return pages * sysconf(_SC_PAGESIZE);
}

static void print_model(hr_served *served, FILE *out)
{
    hr_snapshot *s = hr_served_take(served);
    fprintf(out,
            "# HELP halorec_model_age_seconds Seconds since the model was loaded.\n"
            "# TYPE halorec_model_age_seconds gauge\nhalorec_model_age_seconds %lld\n",
            (long long)(time(NULL) - s->loaded_at));
    fprintf(out,
            "# HELP halorec_models_loaded_total Models loaded.\n# TYPE halorec_models_loaded_total counter\n"
            "halorec_models_loaded_total %" PRIu64 "\n",
            s->number);
    fprintf(out,
            "# HELP halorec_models_refused_total Checkpoints that were damaged or of other data.\n"
            "# TYPE halorec_models_refused_total counter\nhalorec_models_refused_total %" PRIu64 "\n",
            served->refused);
    hr_snapshot_release(s);
}

static hr_status answer_metrics(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_health *h = context;
    char *text = NULL;
    size_t length = 0;
    (void)request;
    FILE *out = open_memstream(&text, &length);
    if (!out)
        return hr_fail(err, HR_MEMORY, "out of memory: no room for metrics");
    hr_metrics_print(h->metrics, out);
    print_model(h->served, out);
    fprintf(
        out,
        "# HELP process_resident_memory_bytes Resident memory.\n# TYPE process_resident_memory_bytes gauge\n"
        "process_resident_memory_bytes %" PRId64 "\n",
        resident_bytes());
    if (fclose(out) != 0) {
        free(text);
        return hr_fail(err, HR_MEMORY, "out of memory: no room for metrics");
    }
    hr_answer_bytes(answer, "text/plain; version=0.0.4; charset=utf-8", text, length);
    return HR_OK;
}

const hr_route hr_health_routes[] = {
    {.method = "GET",
     .path = "/healthz",
     .summary = "Whether the server is alive",
     .handle = answer_alive,
     .at_once = true,
     .caching = HR_NOT_STORED,
     .answers = "{status: text}"},
    {.method = "GET",
     .path = "/readyz",
     .summary = "Whether the server takes requests; 503 while it ends",
     .handle = answer_ready,
     .at_once = true,
     .caching = HR_NOT_STORED,
     .answers = "{status: text}"},
    {.method = "GET",
     .path = "/metrics",
     .summary = "Counts of requests, their seconds, the model's age and memory, for Prometheus",
     .handle = answer_metrics,
     .caching = HR_NOT_STORED,
     .type = "text/plain; version=0.0.4"},
    {0}};
