#include "trainer/run/run_log.h"

#include "io/base/json.h"

#include <errno.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static const char *const activity_names[HR_ACTIVITIES] = {[HR_TIME_COMPUTE] = "compute",
                                                          [HR_TIME_HALO] = "halo",
                                                          [HR_TIME_LOSS] = "loss",
                                                          [HR_TIME_DENSE] = "dense",
                                                          [HR_TIME_OPTIMISER] = "optimiser",
                                                          [HR_TIME_EVALUATION] = "evaluation",
                                                          [HR_TIME_CHECKPOINT] = "checkpoint"};

static hr_status cannot(const char *path, hr_error *err)
{
    return hr_fail(err, HR_IO, "%s: cannot be written: %s", path, strerror(errno));
}

/* Opens the file, and appends a line where one is given. */
static hr_status append_line(const char *path, const char *mode, const char *line, hr_error *err)
{
    FILE *file = fopen(path, mode);
    if (!file)
        return cannot(path, err);
    const bool failed = (line && fprintf(file, "%s\n", line) < 0) || fflush(file) != 0;
    const hr_status status = failed ? cannot(path, err) : HR_OK;
    if (fclose(file) != 0 && status == HR_OK)
        return cannot(path, err);
    return status;
}

hr_status hr_run_log_start(const hr_comm *comm, const char *path, bool append, hr_error *err)
{
    hr_status status = HR_OK;
    if (comm->rank == 0 && *path)
        status = append_line(path, append ? "a" : "w", NULL, err);
    return hr_agree(comm, status, NULL, err);
}

static int64_t peak_memory(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss * 1024; /* Linux counts in KiB */
}

static json_t *times_of(const double *seconds, double share)
{
    json_t *times = json_object();
    for (int i = 0; i < HR_ACTIVITIES; i++)
        json_object_set_new(times, activity_names[i], json_real(seconds[i] * share));
    return times;
}

static void add_validation(const hr_run_record *record, json_t *object)
{
    const hr_validation *v = record->validation;
    if (v->regresses) {
        hr_rating_errors_to_json(&v->errors, object);
        return;
    }
    hr_metrics_to_json(&v->metrics, record->cutoffs, object);
    if (v->pairs.pairs > 0.0) {
        json_object_set_new(object, "valid_bpr", json_real(v->pairs.bpr));
        json_object_set_new(object, "valid_auc", json_real(v->pairs.auc));
    }
}

/* What all ranks together say. */
typedef struct totals {
    double most[HR_ACTIVITIES], sum[HR_ACTIVITIES]; /* seconds */
    int64_t bytes, memory;
} totals;

static json_t *line_of(const hr_run_record *record, const totals *all, int ranks)
{
    json_t *object = json_object();
    json_object_set_new(object, "epoch", json_integer(record->epoch));
    json_object_set_new(object, "epochs", json_integer(record->epochs));
    json_object_set_new(object, "step", json_integer(record->step));
    json_object_set_new(object, "loss", json_real(record->loss));
    json_object_set_new(object, "elapsed", json_real(record->elapsed));
    json_object_set_new(object, "seconds", times_of(all->most, 1.0));
    json_object_set_new(object, "mean_seconds", times_of(all->sum, 1.0 / (double)ranks));
    json_object_set_new(object, "ranks", json_integer(ranks));
    json_object_set_new(object, "bytes", json_integer(all->bytes));
    json_object_set_new(object, "peak_memory", json_integer(all->memory));
    if (record->validation)
        add_validation(record, object);
    if (record->is_last)
        json_object_set_new(object, "done", json_true());
    return object;
}

hr_status hr_run_log_write(const hr_graph_context *graph, const char *path, const hr_run_record *record,
                           hr_error *err)
{
    if (!*path)
        return HR_OK;
    hr_status status = HR_OK;
    totals all = {.bytes = hr_halo_bytes(graph->halo) + record->loss_bytes, .memory = peak_memory()};
    memcpy(all.most, graph->timing.seconds, sizeof all.most);
    memcpy(all.sum, graph->timing.seconds, sizeof all.sum);
    HR_TRY(hr_max_f64(&graph->grid.world, all.most, HR_ACTIVITIES, err));
    HR_TRY(hr_sum_f64(&graph->grid.world, all.sum, HR_ACTIVITIES, err));
    HR_TRY(hr_sum_i64(&graph->grid.world, &all.bytes, 1, err));
    HR_TRY(hr_max_i64(&graph->grid.world, &all.memory, 1, err));
    if (graph->grid.world.rank == 0) {
        json_t *line = line_of(record, &all, graph->grid.world.size);
        char *text = NULL;
        status = hr_json_text(line, JSON_COMPACT | JSON_REAL_PRECISION(8), "a line of the log", &text, err);
        if (status == HR_OK)
            status = append_line(path, "a", text, err);
        free(text);
        json_decref(line);
    }
    status = hr_agree(&graph->grid.world, status, NULL, err);
done:
    return status;
}
