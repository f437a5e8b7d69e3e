/* The scale of ratings: between which a predicted rating lies. */
#ifndef HR_TRAINER_SCORING_RATING_RANGE_H
#define HR_TRAINER_SCORING_RATING_RANGE_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/dataset/dataset.h"

typedef struct hr_rating_range {
    double lowest, highest;
} hr_rating_range;

/* The lowest and the highest train rating of a dataset of which `valid` is held out for validation, as evaluation clips
 * scores (trainer/evaluation/rating_errors.h). Each rank reads its share in pieces. Collective; all ranks return the same
 * status: HR_INPUT where the file is damaged, HR_MEMORY, HR_COMM. */
hr_status hr_rating_range_find(hr_rating_range *range, const hr_comm *comm, hr_h5 *dataset,
                               const hr_dataset_summary *summary, double valid, hr_error *err);

#endif
