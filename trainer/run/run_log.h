/* The record of a run: one JSON object a line, for scripts to read.
 *
 * Keys: epoch, of "epochs" at most, step, loss (mean of the epoch's steps); where the epoch was evaluated "users",
 * "recall@20", "ndcg@20" and the rest, with "valid_bpr" and "valid_auc" (evaluation/pair_loss.h), or "ratings", "rmse",
 * "mae"; seconds {"compute", "halo", "loss", "dense", "optimiser", "evaluation", "checkpoint"}, since the start, of the
 * rank with the most, and "mean_seconds", of all "ranks"; "elapsed" seconds of training; "bytes" sent by all ranks for
 * halo, pool and scores; "peak_memory", bytes, of the largest rank; "done": true in the last line of a run that was not
 * stopped. */
#ifndef HR_TRAINER_RUN_RUN_LOG_H
#define HR_TRAINER_RUN_RUN_LOG_H

#include "io/base/error.h"
#include "trainer/evaluation/metrics.h"
#include "trainer/evaluation/pair_loss.h"
#include "trainer/evaluation/rating_errors.h"
#include "trainer/graph/graph_context.h"

#include <stdbool.h>
#include <stdint.h>

/* The result of an evaluation on the validation part: errors of ratings, or metrics of rankings. */
typedef struct hr_validation {
    bool regresses;
    hr_rating_errors errors;
    hr_metrics metrics;
    hr_pair_loss pairs;
} hr_validation;

/* One line. */
typedef struct hr_run_record {
    int64_t epoch, epochs, step; /* epochs: at most */
    double loss, elapsed;
    const hr_validation *validation; /* NULL where the epoch was not evaluated */
    const hr_cutoffs *cutoffs;
    int64_t loss_bytes; /* sent by this rank for pool and scores */
    bool is_last;
} hr_run_record;

/* Creates an empty file or, where `append` is set, keeps an old one, on rank 0. `path` "" logs nothing.
 * Collective; all ranks return the same status. */
hr_status hr_run_log_start(const hr_comm *comm, const char *path, bool append, hr_error *err);

/* Appends a line and flushes it. Collective; all ranks return the same status. */
hr_status hr_run_log_write(const hr_graph_context *graph, const char *path, const hr_run_record *record,
                           hr_error *err);

#endif
