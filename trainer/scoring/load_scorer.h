/* From a checkpoint and its dataset to a scorer. */
#ifndef HR_TRAINER_SCORING_LOAD_SCORER_H
#define HR_TRAINER_SCORING_LOAD_SCORER_H

#include "io/base/error.h"
#include "io/checkpoint/checkpoint.h"
#include "io/comm/comm.h"
#include "io/dataset/dataset.h"
#include "trainer/config/train_config.h"
#include "trainer/scoring/scorer.h"

/* What is scored with on one rank. Zero-initialise; free with hr_loaded_free. Its members point at one
 * another: it must stay where it is. */
typedef struct hr_loaded {
    hr_scoring_config scoring; /* of the run that wrote the checkpoint, and so are the next */
    hr_model_config model;
    hr_dataset_summary data;
    hr_ratings ratings; /* of the users, with splits, and values where the model predicts ratings */
    float *block;       /* output rows of the users and of this rank's block of movies */
    hr_mlp_shape mlp;
    float *weights; /* of the MLP */
    hr_mixer mixer;
    hr_scorer scorer;
} hr_loaded;

/* Loads a scorer of users first_user … first_user + users - 1 or, where `users` is 0, of this rank's block of
 * all users; those that the dataset holds out whole then have rows of their known ratings, where the model has such.
 * Collective; all ranks return the same status: HR_IO, HR_INPUT where a file is damaged or the
 * checkpoint is of another dataset, HR_MEMORY. */
hr_status hr_load_scorer(hr_loaded *loaded, const hr_comm *comm, const char *checkpoint, const char *dataset,
                         int64_t first_user, int64_t users, hr_error *err);
void hr_loaded_free(hr_loaded *loaded);

#endif
