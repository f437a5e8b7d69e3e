/* How many ratings each movie has. */
#ifndef HR_TRAINER_CATALOGUE_POPULARITY_H
#define HR_TRAINER_CATALOGUE_POPULARITY_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/dataset/dataset.h"

#include <stdint.h>

/* Adds to count [movies] the train ratings of each movie, of all ranks; of these the share `valid`, held out for validation
 * by a run, does not count. Each rank reads its block of users in pieces. Collective; all ranks return the same status:
 * HR_INPUT where the file is damaged, HR_MEMORY, HR_COMM. */
hr_status hr_count_train_ratings(int64_t *count, const hr_comm *comm, hr_h5 *dataset,
                                 const hr_dataset_summary *summary, double valid, hr_error *err);

#endif
