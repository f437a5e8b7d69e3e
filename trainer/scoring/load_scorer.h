/* From a checkpoint and its dataset to a scorer; or from several checkpoints, whose scores are mixed. */
#ifndef HR_TRAINER_SCORING_LOAD_SCORER_H
#define HR_TRAINER_SCORING_LOAD_SCORER_H

#include "io/base/error.h"
#include "io/checkpoint/checkpoint.h"
#include "io/comm/comm.h"
#include "io/dataset/dataset.h"
#include "trainer/config/train_config.h"
#include "trainer/fold_in/read_fold_in.h"
#include "trainer/scoring/mixing.h"
#include "trainer/scoring/scorer.h"
#include "trainer/scoring/train_figures.h"
#include "trainer/scoring/user_block.h"

/* What is scored with on one rank. Zero-initialise, but for what is of the caller; free with hr_loaded_free. Its members
 * point at one another: it must stay where it is. */
typedef struct hr_loaded {
    int64_t sample_users; /* about how many users keep their ratings (user_sample.h); 0: all. Of the caller */
    uint64_t sample_seed; /* of the caller */
    hr_mixing mixing;     /* other models, and shares. Of the caller */
    hr_scoring_config
        scoring; /* of the run that wrote the checkpoint, with the shares asked for; and so are the next */
    hr_model_config model;
    hr_dataset_summary data;
    hr_user_source source; /* both files, open */
    hr_mlp_shape mlp;
    float *weights;       /* of the MLP */
    double largest_movie; /* entry of movies' rows */
    hr_mixer mixer;
    hr_ratings
        ratings; /* of the users of hr_load_scorer, with splits, and values where the model predicts ratings */
    hr_train_figures train;             /* of all users, by hr_load_scorer */
    float *user_row[HR_MIXTURE_MODELS]; /* their output rows, of this model and the others */
    void *rating_scores;                /* of a model that scores by ratings */
    hr_scorer scorer;
    hr_newcomer_model newcomers;                    /* where some have been read */
    struct hr_loaded *other[HR_MIXTURE_MODELS - 1]; /* models of loaded->mixing, without users */
    int others;
} hr_loaded;

/* The model number i: itself, or one of the others. */
static inline const hr_loaded *hr_loaded_model(const hr_loaded *loaded, int i)
{
    return i == 0 ? loaded : loaded->other[i - 1];
}

/* Loads a scorer without users (hr_scorer_set_users): it takes no memory that grows with users or ratings. Collective; all
 * ranks return the same status: HR_IO, HR_INPUT where a file is damaged or a checkpoint is of another dataset, HR_USAGE where
 * models do not mix, HR_MEMORY. */
hr_status hr_load_model(hr_loaded *loaded, const hr_comm *comm, const char *checkpoint, const char *dataset,
                        hr_error *err);

/* The same with this rank's block of all users; those that the dataset holds out whole have rows of their known ratings,
 * where the model has such. */
hr_status hr_load_scorer(hr_loaded *loaded, const hr_comm *comm, const char *checkpoint, const char *dataset,
                         hr_error *err);
void hr_loaded_free(hr_loaded *loaded);

/* Reads what rows of users that training did not see are computed of, into loaded->newcomers of all models, once: hr_load_model
 * does where the dataset holds users out whole. Local. The errors of hr_newcomer_model_read. */
hr_status hr_load_fold_in(hr_loaded *loaded, hr_error *err);

/* Reads users by their numbers, to be scored after hr_scorer_set_users(&loaded->scorer, &block->ratings, block->row). Local.
 * HR_INPUT where a file is damaged; HR_MEMORY. */
hr_status hr_load_users(hr_user_block *block, const hr_loaded *loaded, const int64_t *user, int64_t users,
                        hr_error *err);

/* HR_INPUT where rows [users x dim] of users, of this model, are so large that a score could be infinite. Local. */
hr_status hr_loaded_check_rows(const hr_loaded *loaded, const float *row, int64_t users, hr_error *err);

#endif
