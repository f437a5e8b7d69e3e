/* When a run writes checkpoints: after some steps or minutes, at its end, and when a signal ends it. */
#ifndef HR_TRAINER_RUN_CHECKPOINTING_H
#define HR_TRAINER_RUN_CHECKPOINTING_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/config/train_config.h"
#include "trainer/graph/graph_context.h"
#include "trainer/run/saver.h"
#include "trainer/run/state.h"
#include "trainer/run/step.h"
#include "trainer/run/watchdog.h"

/* Its first members are given; all must outlive it. The rest is zero; free with hr_checkpointing_free. */
typedef struct hr_checkpointing {
    const hr_comm *comm;
    const hr_train_config *config; /* nothing is written where config->checkpoint.path is "" */
    const char *fingerprint;       /* of the dataset */
    hr_graph_context *graph;
    hr_stepper *stepper;
    hr_state *state;
    hr_watchdog *watchdog;
    const hr_checkpoint_extras *extras; /* what stands beside the state */

    hr_checkpoint_extras kept; /* those, and what the model keeps: views */
    hr_saver saver;
    int64_t first_step; /* steps made when this call of the program began */
    double saved;       /* when the last checkpoint was begun, or the run */
} hr_checkpointing;

/* Before training, with the state that it begins from: checks that the disk has room, and takes memory.
 * Collective; all ranks return the same status. HR_IO, HR_MEMORY. */
hr_status hr_checkpointing_start(hr_checkpointing *c, hr_error *err);
void hr_checkpointing_free(hr_checkpointing *c);

/* Before each step: begins a checkpoint that is due, and finishes one that all ranks have written.
 * HR_STOPPED, with a checkpoint written, where some rank has caught a signal. Collective; all ranks return
 * the same status. */
hr_status hr_checkpointing_poll(hr_checkpointing *c, hr_error *err);

/* After the last step. Collective; all ranks return the same status. */
hr_status hr_checkpointing_end(hr_checkpointing *c, hr_error *err);

#endif
