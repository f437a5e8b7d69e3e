/* From a checkpoint and its dataset to rows of users that training did not see. */
#ifndef HR_TRAINER_FOLD_IN_READ_FOLD_IN_H
#define HR_TRAINER_FOLD_IN_READ_FOLD_IN_H

#include "io/base/error.h"
#include "io/checkpoint/checkpoint.h"
#include "trainer/fold_in/fold_in.h"

/* Zero-initialise; free with hr_newcomer_model_free. It must stay where it is. */
typedef struct hr_newcomer_model {
    float *array; /* of fold_in */
    hr_user_map map;
    hr_fold_in fold_in;
} hr_newcomer_model;

/* What is read from: open files, and what is known of them. */
typedef struct hr_newcomer_source {
    hr_h5 *checkpoint, *dataset;
    const hr_checkpoint_summary *summary;
    const hr_model_config *model;
    double valid;           /* share of train that was held out (hr_dataset_read_slice) */
    const float *movie_row; /* [movies x dim] output rows, which must outlive the model */
} hr_newcomer_source;

/* Most users that the map is made of: those of evenly spaced ranges of users. */
enum { HR_MAP_SAMPLE = 16384 };

/* Reads what the model's method takes: the array that the checkpoint has for newcomers, and of up to HR_MAP_SAMPLE users
 * the parameters and the ratings. The same in every process, whatever the number of ranks. Local. HR_INPUT where a file is
 * damaged or was written by an earlier version, HR_USAGE where the model has no rows of such users, HR_IO, HR_MEMORY. */
hr_status hr_newcomer_model_read(hr_newcomer_model *newcomers, const hr_newcomer_source *source,
                                 hr_error *err);
void hr_newcomer_model_free(hr_newcomer_model *newcomers);

#endif
