/* The record of a run: one JSON object a line, for scripts to read.
 *
 * Keys: epoch, step, loss (mean of the epoch's steps); where the epoch was evaluated "users",
 * "recall@20", "ndcg@20" and the rest, or "ratings", "rmse", "mae"; seconds {"compute", "halo", "loss",
 * "dense", "optimiser", "evaluation", "checkpoint"}, since the start, of the rank that spent most; "elapsed"
 * seconds of training; "bytes" handed to MPI by all ranks for halo, pool and scores; "peak_memory", bytes, of
 * the largest rank. */
#ifndef HR_TRAINER_RUN_RUN_LOG_H
#define HR_TRAINER_RUN_RUN_LOG_H

#include "io/base/error.h"
#include "trainer/evaluation/metrics.h"
#include "trainer/evaluation/rating_errors.h"
#include "trainer/graph/graph_context.h"

#include <stdbool.h>
#include <stdint.h>

/* What an evaluation on the validation part found: errors of ratings or the quality of rankings. */
typedef struct hr_validation {
    bool regresses;
    hr_rating_errors errors;
    hr_metrics metrics;
} hr_validation;

/* One line. */
typedef struct hr_run_record {
    int64_t epoch, step;
    double loss, elapsed;
    const hr_validation *validation; /* NULL where the epoch was not evaluated */
    const hr_cutoffs *cutoffs;
    int64_t loss_bytes; /* that this rank handed to MPI for pool and scores */
} hr_run_record;

/* Makes an empty file, or, where `append`, goes on with an old one, on rank 0. `path` "" logs nothing.
 * Collective; all ranks return the same status. */
hr_status hr_run_log_start(const hr_comm *comm, const char *path, bool append, hr_error *err);

/* Appends a line and flushes it. Collective; all ranks return the same status. */
hr_status hr_run_log_write(const hr_graph_context *graph, const char *path, const hr_run_record *record,
                           hr_error *err);

#endif
