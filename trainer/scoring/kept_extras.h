/* What a checkpoint needs beside rows and weights to stand alone: ids, and what content and popularity are mixed of. */
#ifndef HR_TRAINER_SCORING_KEPT_EXTRAS_H
#define HR_TRAINER_SCORING_KEPT_EXTRAS_H

#include "io/base/error.h"
#include "io/checkpoint/checkpoint_extras.h"
#include "io/comm/comm.h"
#include "trainer/scoring/mixture.h"

/* Fills the extras of checkpoints of this dataset:
 *   user/id, movie/id              int64 or texts
 *   content/ptr, term, weight      int64 [movies + 1], int32 and float [ptr[movies]]: rows of length 1 of what is written of
 *                                  movies (io/dataset/text_matrix.h), where content has a share
 *   content/features               float [movies x columns] rows of length 1, where features were imported
 *   content/popularity             float [movies], train ratings scaled to [0, 1], where scores are mixed
 * Collective; all ranks return the same. HR_IO, HR_INPUT, HR_MEMORY. */
hr_status hr_kept_extras_read(hr_checkpoint_extras *extras, const hr_comm *comm, const char *dataset,
                              const hr_mixer *mixer, hr_error *err);

#endif
