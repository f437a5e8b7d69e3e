/* The checkpoint file: everything that resuming a run needs, and the rows that score, in global order.
 *
 * `format` = "halorec-checkpoint", `version` = 3:
 *   attributes  fingerprint (of the dataset), model (text), source (text, below), run (JSON: options, progress,
 *               metrics so far), users, movies, dim, step (how many were made), arrays
 *               (how many are below, without checksums), checksum (of the attributes before it)
 *   NAME/user   float [users x dim], NAME/movie float [movies x dim] for each NAME of
 *               parameter, adam_first, adam_second   the training state after the last step
 *               output                               what evaluate and recommend score with: the best
 *                                                    epoch by validation, or the last where there is none
 *               best                                 the parameters that output was made of, where they are
 *                                                    neither parameter nor output
 *   user/id, movie/id   int64 or texts [users], [movies]: the ids of the original data
 *   weight/NAME float: the dense weights that output was made of, each matrix by its name and shape; docs/files.md
 *               lists them by model
 *   content/…   what content and popularity are mixed of, for a run with --mixture; docs/files.md
 *   dense/NAME  float [count], for a model with dense weights: weight, adam_first, adam_second; best, as
 *               above; and output: those of the MLP that scores the output rows, where there is one
 *   dense/fold_in  float [count], where the row of a user that training did not see takes it
 *               (trainer/fold_in/input_arrays.h)
 *   checksum/ARRAY  uint64 [blocks], of each of these arrays: see io/base/checksum.h
 * `source` names the rows that output was made of: "parameter", "best" or, where outputs are the
 * parameters, "output". The dense weights that belong to them are dense/best with "best", else dense/weight.
 *
 * Rows are in global order, so a checkpoint suits any number of ranks and any partition. What is read is
 * compared with its checksums. Older versions are not read any more: 1 has no checksums, and 2 no source.
 *
 * checkpoint_draft.h writes them, checkpoint_kept.h keeps more than one. */
#ifndef HR_IO_CHECKPOINT_CHECKPOINT_H
#define HR_IO_CHECKPOINT_CHECKPOINT_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/comm/row_block.h"
#include "io/dataset/dataset.h"
#include "io/hdf5/h5.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#define HR_CHECKPOINT_FORMAT "halorec-checkpoint"

enum {
    HR_CHECKPOINT_VERSION = 3,
    HR_MODEL_NAME_LENGTH = 32,
    HR_ARRAY_NAME_LENGTH = 64,
    HR_RUN_LENGTH = 60000
};

/* Steps that a run can have made: twice as many are a number still. */
#define HR_MOST_STEPS (INT64_MAX / 2)

/* The names of rows that output can be made of. */
#define HR_SOURCE_LAST "parameter"
#define HR_SOURCE_BEST "best"
#define HR_SOURCE_OUTPUT "output"

typedef struct hr_checkpoint_summary {
    char fingerprint[HR_FINGERPRINT_LENGTH];
    char model[HR_MODEL_NAME_LENGTH];
    char source[HR_MODEL_NAME_LENGTH]; /* HR_SOURCE_LAST, HR_SOURCE_BEST or HR_SOURCE_OUTPUT */
    int64_t users, movies, dim;
    int64_t step;   /* steps made */
    int64_t arrays; /* in the file; hr_draft_create counts them itself */
} hr_checkpoint_summary;

/* One named pair of arrays, as one rank's block of it (io/comm/row_block.h): users' rows, then
 * movies'. */
typedef struct hr_checkpoint_rows {
    const char *name;
    float *block; /* (block users + block movies) x dim */
} hr_checkpoint_rows;

/* One array of dense weights, the same on all ranks: float dense/NAME [count]. */
typedef struct hr_checkpoint_dense {
    const char *name;
    int64_t count;
    float *values;
} hr_checkpoint_dense;

/* One array more, of any kind, of which a rank has some consecutive rows. */
typedef struct hr_checkpoint_array {
    char name[HR_ARRAY_NAME_LENGTH]; /* "user/id" */
    hr_h5_type type;
    bool
        is_text; /* then `cols` is the length of a text of the array, filled up with NULs, and type does not count */
    int64_t rows, cols;
    int64_t first, count; /* this rank's rows */
    const void *data;     /* [count x cols] */
} hr_checkpoint_array;

/* Opens for reading, each rank by itself; close with hr_h5_close. `run` may be NULL; otherwise the caller
 * frees *run with json_decref. HR_IO, HR_INPUT as hr_h5_open; HR_INPUT where an attribute is damaged. */
hr_status hr_checkpoint_open(hr_h5 **file, hr_checkpoint_summary *summary, json_t **run, const char *path,
                             hr_error *err);

/* Whether the checkpoint is of the dataset with this fingerprint and of these sizes. HR_INPUT with both
 * otherwise. */
hr_status hr_checkpoint_match(const hr_h5 *file, const hr_checkpoint_summary *summary,
                              const char *fingerprint, int64_t users, int64_t movies, hr_error *err);

/* Whether its options resolve to what its arrays are of. HR_INPUT with both otherwise. */
hr_status hr_checkpoint_fits(const hr_h5 *file, const hr_checkpoint_summary *summary, const char *model,
                             int64_t dim, hr_error *err);

/* Whether an array is rows x cols, before memory is taken for it. HR_INPUT otherwise. */
hr_status hr_checkpoint_expect_shape(hr_h5 *file, const char *name, int64_t rows, int64_t cols,
                                     hr_error *err);

/* Fills rows->block with a block of NAME/user and NAME/movie. HR_INPUT where they are missing or of another
 * shape than the summary says, where a checksum block that they touch is damaged, or a number is not finite. */
hr_status hr_checkpoint_read(hr_h5 *file, const hr_checkpoint_summary *summary,
                             const hr_checkpoint_rows *rows, const hr_row_block *block, hr_error *err);

/* Fills out [count x cols] with rows first … first + count - 1 of an array of numbers; array->data is not read. HR_INPUT as
 * hr_checkpoint_read, and where its numbers are of another type. */
hr_status hr_checkpoint_read_array(hr_h5 *file, const hr_checkpoint_array *array, void *out, hr_error *err);

/* Whether there are as many values in dense/NAME, before memory is taken for them. HR_INPUT otherwise. */
hr_status hr_checkpoint_expect_dense(hr_h5 *file, const char *name, int64_t count, hr_error *err);

/* Fills dense->values. HR_INPUT where they are missing, of another number, damaged or not finite. */
hr_status hr_checkpoint_read_dense(hr_h5 *file, const hr_checkpoint_dense *dense, hr_error *err);

/* Fills values [count], all the dense weights that output was made of: the model's, then the MLP's. HR_INPUT as
 * hr_checkpoint_read_dense. (The rows are hr_checkpoint_read of those named summary->source.) */
hr_status hr_checkpoint_read_weights(hr_h5 *file, const hr_checkpoint_summary *summary, int64_t count,
                                     float *values, hr_error *err);

/* Reads the whole file, each rank its share of the checksum blocks, and compares. Collective; all ranks
 * return the same: HR_OK where it is whole, HR_INPUT or HR_IO with what is wrong with it. */
hr_status hr_checkpoint_verify(const hr_comm *comm, const char *path, hr_error *err);

/* The attributes' checksum: that of the fingerprint, the model, the source, "users movies dim step arrays" and the text
 * of run, one after the other (hr_checksum_text from 0). */
int64_t hr_checkpoint_sum_attributes(const hr_checkpoint_summary *summary, const char *run);

#endif
