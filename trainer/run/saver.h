/* Writes the checkpoints of a run, during training where memory allows it.
 *
 * Rows are copied into global order (partition/halo/blocks.h), which is collective; each rank then writes
 * its copy to its part of the file by itself (io/checkpoint/checkpoint_draft.h). With a copy of every
 * array a thread writes while training continues, and the file gets its name at a later step. With less
 * memory there is one copy, and training waits until each array is written. */
#ifndef HR_TRAINER_RUN_SAVER_H
#define HR_TRAINER_RUN_SAVER_H

#include "io/checkpoint/checkpoint_draft.h"
#include "trainer/run/state.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

/* Zero-initialise; free with hr_saver_free. Must not move while it writes. */
typedef struct hr_saver {
    hr_graph_context *graph;
    int64_t keep;                       /* checkpoints that are kept */
    int arrays;                         /* of the checkpoint that is being written */
    int copies;                         /* as many as arrays can be, or 1: then training waits */
    float *copy[HR_STATE_ARRAYS];       /* [block rows x dim] each */
    hr_draft *draft;                    /* the checkpoint that is being written, or NULL */
    const hr_checkpoint_extras *extras; /* set by the caller, or NULL; they outlive it */
    hr_row_block block;                 /* of this rank */
    pthread_t thread;                   /* that writes it, where has_thread */
    bool has_thread;
    atomic_bool is_written;
    hr_status written; /* the status of writing, and its message */
    hr_error reason;
} hr_saver;

/* Allocates copies of the state's arrays: of all where `spare` is set, else of one. Collective; all ranks
 * return the same status. HR_MEMORY. */
hr_status hr_saver_create(hr_saver *saver, const hr_state *state, hr_graph_context *graph, int64_t keep,
                          bool spare, hr_error *err);

/* Waits for the thread; removes a file that is not finished. */
void hr_saver_free(hr_saver *saver);

/* Whether each rank's host has memory for copies of all arrays beside what is in use. Collective. */
hr_status hr_saver_has_spare(const hr_state *state, const hr_graph_context *graph, bool *spare,
                             hr_error *err);

/* Begins a checkpoint at `path` of the state as it is now, after finishing the one before; the state may
 * change at once. Collective; all ranks return the same status. HR_IO, and the file at `path` is what it was.
 */
hr_status hr_saver_begin(hr_saver *saver, const hr_state *state, const hr_train_config *config,
                         const char *fingerprint, const char *path, hr_error *err);

/* Whether this rank still writes its part of a checkpoint. Local. */
bool hr_saver_is_writing(const hr_saver *saver);

/* Waits for all parts and gives the file its name; does nothing where none was begun. Collective; all
 * ranks return the same status. HR_IO as above. */
hr_status hr_saver_finish(hr_saver *saver, hr_error *err);

#endif
