/* What the train ratings of all users are together, where a rank keeps those of few users only. */
#ifndef HR_TRAINER_SCORING_TRAIN_FIGURES_H
#define HR_TRAINER_SCORING_TRAIN_FIGURES_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/dataset/dataset.h"

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise; free with hr_train_figures_free. */
typedef struct hr_train_figures {
    int64_t users; /* of the dataset */
    int64_t movies;
    double *of_movie;       /* [movies] how many each movie has */
    double lowest, highest; /* of their values; without values infinity and -infinity */
} hr_train_figures;

/* Begins without ratings. Local. HR_MEMORY. */
hr_status hr_train_figures_begin(hr_train_figures *figures, int64_t movies, hr_error *err);

/* Adds users with all of their ratings; of values where the ratings have them. Local. */
void hr_train_figures_add(hr_train_figures *figures, const hr_ratings *ratings);

/* Sums what ranks have added, for all. Collective. HR_COMM. */
hr_status hr_train_figures_finish(hr_train_figures *figures, const hr_comm *comm, hr_error *err);

/* The three, of ratings of which each rank has some users. Collective; all ranks return the same status. */
hr_status hr_train_figures_of(hr_train_figures *figures, const hr_comm *comm, const hr_ratings *ratings,
                              hr_error *err);

/* The three, of a dataset file of which the share `valid` is held out by a run, and its values where asked for. Each rank
 * reads its block of users in slices. Collective; all ranks return the same status: HR_INPUT where the file is damaged,
 * HR_MEMORY, HR_COMM. */
hr_status hr_train_figures_read(hr_train_figures *figures, const hr_comm *comm, hr_h5 *dataset,
                                const hr_dataset_summary *summary, double valid, bool with_values,
                                hr_error *err);
void hr_train_figures_free(hr_train_figures *figures);

#endif
