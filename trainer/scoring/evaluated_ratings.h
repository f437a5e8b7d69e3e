/* What an evaluation reads of a dataset: the ratings of the users that it is of, and what all train ratings are
 * together. Memory grows with the sample, not with the dataset. */
#ifndef HR_TRAINER_SCORING_EVALUATED_RATINGS_H
#define HR_TRAINER_SCORING_EVALUATED_RATINGS_H

#include "io/comm/row_block.h"
#include "io/dataset/dataset.h"
#include "trainer/scoring/train_figures.h"
#include "trainer/scoring/user_sample.h"

/* Reads the rank's block of users.
 *   valid    share of train to hold out, as for hr_dataset_read_slice
 *   sample   users who are not in it have no ratings in `ratings`, and so nothing held out to evaluate; or, where
 *            train_of_all is set, their train ratings, of which rows of other users are computed (fold_in/user_map.h)
 *   ratings  of the block's users; with values where with_values is set
 *   train    receives figures of this rank's users, all of them, for the caller to finish
 * Local. What it returns with an error is the caller's to free. HR_IO, HR_INPUT, HR_MEMORY. */
hr_status hr_evaluated_ratings_read(hr_h5 *file, const hr_row_block *block, double valid, bool with_values,
                                    const hr_user_sample *sample, bool train_of_all, hr_ratings *ratings,
                                    hr_train_figures *train, hr_error *err);

#endif
