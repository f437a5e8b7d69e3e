/* One step of training: outputs, samples, loss, gradient, new parameters. */
#ifndef HR_TRAINER_RUN_STEP_H
#define HR_TRAINER_RUN_STEP_H

#include "io/base/error.h"
#include "trainer/config/train_config.h"
#include "trainer/graph/graph_context.h"
#include "trainer/loss/loss.h"
#include "trainer/models/model.h"
#include "trainer/run/state.h"
#include "trainer/sampling/sampler.h"

/* A rank's memory for steps. Zero-initialise; free with hr_stepper_free. */
typedef struct hr_stepper {
    hr_graph_context *graph;
    const hr_train_config *config;
    const hr_model *model;
    void *model_state;
    float *output; /* [(owned + ghosts) x dim] */

    /* The rest is for models that are trained by gradients. */
    const hr_loss_ops *loss;
    void *loss_state;
    hr_sampler sampler;
    hr_positive *positives; /* [batch] */
    hr_row_sums sums;       /* [(owned + ghosts) x dim] gradient of the outputs */
    float *gradient;        /* its floats: that, then the gradient of the parameters */
    hr_row_sums dense_sums; /* [dense_count] gradient of the dense weights */
    float *uses;            /* [owned + ghosts] how often the batch used a row */
    double *row_l2;         /* [owned] of the L2 term */
    double loss_unit;       /* of the sum of samples' losses (numerics/summation.h) */
    double l2_unit;         /* of the L2 term */
} hr_stepper;

/* The graph and the configuration must outlive it. Collective; all ranks return the same status.
 * HR_MEMORY. */
hr_status hr_stepper_create(hr_stepper *stepper, hr_graph_context *graph, const hr_train_config *config,
                            hr_error *err);
void hr_stepper_free(hr_stepper *stepper);

/* How many dense weights there are: the model's, then the MLP's. */
hr_dense_counts hr_stepper_dense_counts(const hr_stepper *stepper);

/* Makes the state's dense weights what a run begins with. */
void hr_stepper_dense_start(const hr_stepper *stepper, hr_state *state);

/* hr_state_load, and what the model itself keeps in the checkpoint. Collective; all ranks return the same status. */
hr_status hr_stepper_resume(hr_stepper *stepper, hr_state *state, const char *fingerprint, const char *path,
                            hr_error *err);

/* Bytes of what the model itself keeps in checkpoints, as far as they are known and many. Local. */
int64_t hr_stepper_kept_bytes(const hr_stepper *stepper);

/* Appends what the model itself keeps in checkpoints. Collective; all ranks return the same status. */
hr_status hr_stepper_keep(const hr_stepper *stepper, hr_checkpoint_extras *extras, hr_error *err);

/* Steps that make an epoch: one where the model is not trained by gradients. */
int64_t hr_stepper_epoch_steps(const hr_stepper *stepper);

/* Bytes that this rank has sent to others for the loss. */
int64_t hr_stepper_loss_bytes(const hr_stepper *stepper);

/* Fills output (owned x dim) from the parameters. Collective. */
hr_status hr_stepper_output(hr_stepper *stepper, const hr_state *state, float *output, hr_error *err);

/* Keeps stepper->output, which hr_stepper_output has just filled, as what scores, with what newcomers' rows are computed of
 * (fold_in/input_arrays.h). Collective; all ranks return the same status. HR_MEMORY, HR_COMM. */
hr_status hr_stepper_keep_output(hr_stepper *stepper, hr_state *state, hr_error *err);

/* Loss of the batch of step state->step, the same on all ranks: the mean over samples (loss.h) and
 * the L2 term. Leaves d loss / d parameters, but for the L2 term, in
 * stepper->gradient's owned rows, and the uses summed on owners. Collective. */
hr_status hr_stepper_gradient(hr_stepper *stepper, const hr_state *state, double *loss, hr_error *err);

/* Makes one step: hr_stepper_gradient, then the optimiser's, or the model's own solve; counts it in
 * state->step and adds its loss to state->epoch_loss. HR_USAGE, on all ranks, where the loss is no longer
 * finite. Collective. */
hr_status hr_stepper_step(hr_stepper *stepper, hr_state *state, hr_error *err);

#endif
