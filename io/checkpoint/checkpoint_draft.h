/* A checkpoint while it is being written, by all ranks together.
 *
 * Rank 0 lays the file out under a temporary name: attributes, and arrays that lie in one piece each. From
 * then on it is a plain file to every rank, which writes its own rows at their offset by pwrite and adds up
 * their checksums. That part is local and calls neither MPI nor HDF5, so another thread may do it while
 * training continues. Finally rank 0 writes the checksums and gives the file its name. */
#ifndef HR_IO_CHECKPOINT_CHECKPOINT_DRAFT_H
#define HR_IO_CHECKPOINT_CHECKPOINT_DRAFT_H

#include "io/checkpoint/checkpoint.h"

typedef struct hr_draft hr_draft;

/* What a checkpoint will hold. */
typedef struct hr_draft_content {
    const hr_checkpoint_summary *summary;
    const json_t *run;              /* read on rank 0 */
    const hr_checkpoint_rows *rows; /* [count] of which the names are read */
    int count;
    const hr_checkpoint_dense *dense; /* [dense_count] of which the names and counts are read */
    int dense_count;
    const hr_checkpoint_array *extra; /* [extra_count] name, kind and shape are read, the same on all ranks */
    int extra_count;
} hr_draft_content;

/* Lays out the file for `path` and reserves the room that it needs. comm must outlive the draft. Collective;
 * all ranks return the same status: HR_IO where the disk is full or the folder refuses, HR_MEMORY. */
hr_status hr_draft_create(hr_draft **draft, const hr_comm *comm, const char *path,
                          const hr_draft_content *content, hr_error *err);

/* Writes this rank's block of NAME/user and NAME/movie, the pair number `index` of those that hr_draft_create
 * was given.
 *   block  [rows->users + rows->movies] rows, users first
 * Local; one thread at a time. HR_IO. */
hr_status hr_draft_write_rows(hr_draft *draft, int index, const float *block, const hr_row_block *rows,
                              hr_error *err);

/* Writes the values of dense array number `index`, which are the same on all ranks; rank 0 writes. Local.
 * HR_IO. */
hr_status hr_draft_write_dense(hr_draft *draft, int index, const float *values, hr_error *err);

/* Writes this rank's rows of extra array number `index`. Local. HR_IO. */
hr_status hr_draft_write_extra(hr_draft *draft, int index, const hr_checkpoint_array *extra, hr_error *err);

/* Waits until what this rank wrote is on the disk. Local. HR_IO. */
hr_status hr_draft_flush(hr_draft *draft, hr_error *err);

/* Gives the file its name if `mine`, this rank's status of writing it, is HR_OK on all ranks, and keeps
 * `keep` - 1 of the older ones (checkpoint_kept.h). Collective; all ranks return the same status. */
hr_status hr_draft_publish(hr_draft *draft, hr_status mine, int64_t keep, hr_error *err);

/* Removes what was not published. NULL is fine. Local. */
void hr_draft_destroy(hr_draft *draft);

/* Checks that a checkpoint with `count` arrays of rows and `more` bytes of others can be written at `path` now. Collective; all ranks
 * return the same status: HR_IO where it cannot. */
hr_status hr_checkpoint_check_room(const hr_comm *comm, const char *path,
                                   const hr_checkpoint_summary *summary, int count, int64_t more,
                                   hr_error *err);

#endif
