/* What a checkpoint holds beside the state, so that it stands alone: arrays that do not change while a run lasts. */
#ifndef HR_IO_CHECKPOINT_CHECKPOINT_EXTRAS_H
#define HR_IO_CHECKPOINT_CHECKPOINT_EXTRAS_H

#include "io/checkpoint/checkpoint.h"

enum { HR_MOST_EXTRAS = 16 };

/* Zero-initialise; free with hr_checkpoint_extras_free. */
typedef struct hr_checkpoint_extras {
    int count;
    hr_checkpoint_array array[HR_MOST_EXTRAS]; /* whose data belong to it */
} hr_checkpoint_extras;

/* Adds user/id and movie/id of a dataset, of which this rank reads its block. Collective; all ranks return the same.
 * HR_INPUT, HR_IO, HR_MEMORY. */
hr_status hr_checkpoint_add_ids(hr_checkpoint_extras *extras, const hr_comm *comm, hr_h5 *dataset,
                                int64_t users, int64_t movies, hr_error *err);

/* Adds an array that each rank has whole, and rank 0 writes; it is copied. `array` has its name, kind, shape and data.
 * Local. HR_MEMORY. */
hr_status hr_checkpoint_add(hr_checkpoint_extras *extras, const hr_comm *comm,
                            const hr_checkpoint_array *array, hr_error *err);

void hr_checkpoint_extras_free(hr_checkpoint_extras *extras);

#endif
