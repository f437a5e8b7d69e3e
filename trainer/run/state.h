/* What a run learns and how far it is: made from a seed, written to checkpoints, resumed from them. */
#ifndef HR_TRAINER_RUN_STATE_H
#define HR_TRAINER_RUN_STATE_H

#include "io/base/error.h"
#include "io/checkpoint/checkpoint.h"
#include "io/checkpoint/checkpoint_draft.h"
#include "io/checkpoint/checkpoint_extras.h"
#include "trainer/config/train_config.h"
#include "trainer/graph/graph_context.h"

#include <stdint.h>

/* Zero-initialise; free with hr_state_free. Rows are those that this rank owns, in the shard's order; columns
 * are those of its column group. */
typedef struct hr_state {
    int64_t rows, dim;
    float *parameter;      /* [rows x dim] */
    float *first, *second; /* [rows x dim] Adam's moments; NULL where the model is not trained by gradients */
    int64_t dense_count;   /* 0 without */
    float *dense;          /* [dense_count] the same on all ranks: weights of the model, then */
    int64_t mlp_count;     /* so many of the MLP that scores */
    float *dense_first, *dense_second; /* [dense_count] their moments */
    float *output;                     /* [rows x dim] the rows that score: see io/checkpoint/checkpoint.h */
    float *source;       /* [rows x dim] the parameters that output was made of; see hr_state_add_source */
    float *source_dense; /* [dense_count] the dense weights that belong to output */
    int64_t newcomer_count;
    float *newcomer;     /* [newcomer_count] of output, for newcomers (fold_in/input_arrays.h) */
    int64_t output_step; /* steps after which output was made */
    bool has_best;       /* whether output is of the best validation so far */
    int64_t step;        /* steps made */
    int64_t
        position; /* steps of the present batch that draw as many samples: `step`, unless the batch changed */
    double epoch_loss; /* sum of the losses of the steps since the epoch began */
    double best;       /* best validation so far */
    int64_t best_epoch;
    int64_t stale; /* evaluations since then */
} hr_state;

/* How many dense weights a run has. */
typedef struct hr_dense_counts {
    int64_t model, mlp;
} hr_dense_counts;

/* Allocates the arrays and draws the parameters from a normal distribution with config->deviation and ->seed,
 * the same for each vertex on any number of ranks and any grid. Dense weights and moments are 0.
 *   with_moments  whether the model is trained by gradients
 * Local. HR_MEMORY. */
hr_status hr_state_create(hr_state *state, const hr_graph_context *graph, const hr_model_config *config,
                          bool with_moments, hr_dense_counts dense, hr_error *err);
void hr_state_free(hr_state *state);

/* Whether the state has the sizes of this rank's share of the graph, with all arrays that they ask for, and
 * no counter is negative. For assertions. */
bool hr_state_is_valid(const hr_state *state, const hr_graph_context *graph);

/* The MLP's weights among the dense ones. */
float *hr_state_mlp(const hr_state *state);

/* Copies output [rows x dim], which the parameters as they are now have made, to those that score, and what it
 * was made of beside it; `newcomer` is for the caller to fill (hr_stepper_keep_output). */
void hr_state_keep_output(hr_state *state, const float *output);

/* Allocates `source`, for a state whose output may be older than its parameters, and is not made of them by
 * copying alone. Without it a checkpoint of such a state has no source. Local. HR_MEMORY. */
hr_status hr_state_add_source(hr_state *state, hr_error *err);

/* Checks that a checkpoint can be written at `path` now.
 *   model_bytes  that the model itself keeps in it (hr_stepper_kept_bytes)
 * Collective; all ranks return the same status: HR_IO where it cannot. */
hr_status hr_state_check_room(const hr_state *state, const hr_graph_context *graph, int64_t model_bytes,
                              const char *path, hr_error *err);

/* The arrays of rows that a checkpoint of the state as it is now keeps, with their names; returns how many. The
 * source is one of them where it is neither the parameters nor, without a `source`, the output. */
enum { HR_STATE_ARRAYS = 5 };
typedef struct hr_state_array {
    const char *name;
    float *rows; /* [rows x dim] */
} hr_state_array;
int hr_state_arrays(const hr_state *state, hr_state_array array[HR_STATE_ARRAYS]);

/* The most that it can be at any time. */
int hr_state_most_arrays(const hr_state *state);

/* Begins the checkpoint: everything but the arrays of rows, which hr_draft_write_rows is to write in the
 * order of hr_state_arrays.
 *   extras  what stands beside the state, or NULL
 * Collective; all ranks return the same status. HR_IO, HR_MEMORY. */
hr_status hr_state_draft(hr_draft **draft, const hr_state *state, const hr_graph_context *graph,
                         const hr_train_config *config, const char *fingerprint,
                         const hr_checkpoint_extras *extras, const char *path, hr_error *err);

/* Counts steps of `batch` samples from now on, of `before` until now: the position is that of as many epochs
 * and, in the epoch that is begun, of as many samples, less what makes no whole step. Local. */
void hr_state_rebatch(hr_state *state, int64_t edges, int64_t before, int64_t batch);

/* Resumes from a checkpoint, written on any number of ranks, by any partition and with any batch: samples are
 * counted, not steps. `config` is that of the run that goes on. Collective; all ranks
 * return the same status. HR_INPUT where it is damaged or of another dataset. */
hr_status hr_state_load(hr_state *state, hr_graph_context *graph, const hr_train_config *config,
                        const char *fingerprint, const char *path, hr_error *err);

#endif
