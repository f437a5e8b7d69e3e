/* What a training run does: every value as it is used. hr_train_config_resolve makes it from the options as
 * asked, in which "own" and 0 leave a value to the program. All other code takes it or one of its parts. */
#ifndef HR_TRAINER_CONFIG_TRAIN_CONFIG_H
#define HR_TRAINER_CONFIG_TRAIN_CONFIG_H

#include "io/base/error.h"
#include "io/comm/progress.h"
#include "partition/cut/graph.h"
#include "trainer/config/scoring_config.h"
#include "trainer/config/train_options.h"
#include "trainer/loss/loss_config.h"
#include "trainer/models/model_config.h"
#include "trainer/optimiser/optimiser_config.h"
#include "trainer/sampling/sampling_config.h"

#include <stdbool.h>
#include <stdint.h>

/* Which checkpoints are written, and what a run is resumed from. */
typedef struct hr_checkpoint_config {
    char path[HR_TEXT_LENGTH];   /* "": none is written */
    int64_t every;               /* steps between two; 0: none by steps */
    double minutes;              /* between two; 0: none by the clock */
    int64_t keep;                /* how many, with the newest; at least 1 */
    char resume[HR_TEXT_LENGTH]; /* checkpoint to resume; "": a new run */
} hr_checkpoint_config;

/* What a run writes beside checkpoints. */
typedef struct hr_output_config {
    char log[HR_TEXT_LENGTH]; /* a JSON object a line (run_log.h), or "" */
    hr_progress_mode progress;
} hr_output_config;

/* How long a run lasts, how it is evaluated, and how the graph is divided among ranks. */
typedef struct hr_run_config {
    int64_t epochs;                 /* at most */
    int64_t epoch_steps;            /* 1 where the model is solved or counted */
    int64_t patience;               /* evaluations without a better one that end the run; 0: never */
    int64_t eval_every;             /* epochs between evaluations */
    int64_t eval_users;             /* of all, that an evaluation ranks for */
    double valid;                   /* share of train to hold out; 0: the dataset's validation part */
    char grid[HR_TEXT_LENGTH];      /* "PxC"; "": chosen (grid_choice.h) */
    char partition[HR_TEXT_LENGTH]; /* partition file; "": cut at the start */
    int64_t stall_timeout;          /* seconds; 0: no limit */
    bool reproducible;              /* whether all sums are reproducible (summation.h) */
    uint64_t seed;
} hr_run_config;

typedef struct hr_train_config {
    hr_train_options asked; /* for checkpoints alone, see hr_train_config_to_json */
    hr_graph_size graph;    /* that all of this is for */
    hr_model_config model;
    hr_sampling_config sampling;
    hr_loss_config loss;
    hr_optimiser_config optimiser;
    hr_scoring_config scoring;
    hr_checkpoint_config checkpoint;
    hr_output_config output;
    hr_run_config run;
} hr_train_config;

/* Resolves options for a train graph of that size, and checks all that follows from these two. Local and a
 * function of its arguments, so that all ranks return the same status. HR_USAGE for an unknown model, a loss
 * that it does not have, and options that do not fit each other. */
hr_status hr_train_config_resolve(const hr_train_options *options, hr_graph_size graph,
                                  hr_train_config *config, hr_error *err);

/* The same, from the options that a checkpoint keeps. HR_INPUT also where these are damaged. */
hr_status hr_train_config_from_json(json_t *kept, hr_graph_size graph, hr_train_config *config,
                                    hr_error *err);

/* The options as asked, for a checkpoint; NULL where there is no room. */
json_t *hr_train_config_to_json(const hr_train_config *config);

#endif
