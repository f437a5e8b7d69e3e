/* Writes the checkpoints of a run, while training goes on where there is memory for it.
 *
 * Rows are brought into global order (partition/halo/blocks.h), which takes all ranks and makes a copy;
 * writing a copy to its place in the file takes nobody else (io/checkpoint/checkpoint_draft.h). With a copy
 * of every array, a thread writes while training goes on, and at a later step the file gets its name. Without
 * so much memory there is one copy, and array after array is written before training goes on. */
#ifndef HR_TRAINER_RUN_SAVER_H
#define HR_TRAINER_RUN_SAVER_H

#include "io/checkpoint/checkpoint_draft.h"
#include "trainer/run/state.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

/* Zero-initialise; free with hr_saver_free. Must stay where it is while it writes. */
typedef struct hr_saver {
    hr_graph_context *graph;
    int64_t keep;                 /* checkpoints that are kept */
    int arrays;                   /* of the state */
    int copies;                   /* arrays, or 1: then nothing is written while training goes on */
    float *copy[HR_STATE_ARRAYS]; /* [block rows x dim] each */
    hr_draft *draft;              /* what is being written; NULL where nothing is */
    hr_row_block block;           /* of this rank */
    pthread_t thread;             /* that writes it, where there is one */
    bool has_thread;
    atomic_bool is_written;
    hr_status written; /* what came of it */
    hr_error reason;
} hr_saver;

/* Takes memory for copies of the state's arrays: of all where `spare`, else of one. Collective; all ranks
 * return the same status. HR_MEMORY. */
hr_status hr_saver_create(hr_saver *saver, const hr_state *state, hr_graph_context *graph, int64_t keep,
                          bool spare, hr_error *err);

/* Waits for the thread; removes what was not finished. */
void hr_saver_free(hr_saver *saver);

/* Whether each rank's host has the memory for copies of all arrays beside what is in use now. Collective. */
hr_status hr_saver_has_spare(const hr_state *state, const hr_graph_context *graph, bool *spare,
                             hr_error *err);

/* Begins a checkpoint at `path` of the state as it is now, after finishing the one before; the state may
 * change at once. Collective; all ranks return the same status. HR_IO, and the file at `path` is what it was.
 */
hr_status hr_saver_begin(hr_saver *saver, const hr_state *state, const hr_train_config *config,
                         const char *fingerprint, const char *path, hr_error *err);

/* Whether this rank has begun and not yet written its part. Local. */
bool hr_saver_is_writing(const hr_saver *saver);

/* Waits for all parts and gives the file its name; nothing where none was begun. Collective; all ranks return
 * the same status. HR_IO as above. */
hr_status hr_saver_finish(hr_saver *saver, hr_error *err);

#endif
