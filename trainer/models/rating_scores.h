/* Scores that a model computes of a user's ratings: a linear function of the user's row of 0s and 1s, such as a filter on
 * the graph or a matrix of item-item weights.
 *
 *     score(user, movie) = sum over the movies j that are known to be rated by the user of share(movie, j)
 *
 * A model fills in one table of functions. What it scores with, `scores`, is made of the model's state while it trains, and
 * of its checkpoint afterwards; threads share it, each with a workspace. */
#ifndef HR_TRAINER_MODELS_RATING_SCORES_H
#define HR_TRAINER_MODELS_RATING_SCORES_H

#include "io/base/error.h"
#include "io/checkpoint/checkpoint_extras.h"
#include "io/comm/comm.h"
#include "io/dataset/ratings.h"
#include "trainer/models/model_config.h"

#include <stdint.h>

/* What a trained model is read from: open files. All outlive the scores. */
typedef struct hr_rating_source {
    const hr_comm *comm;
    const hr_model_config *config;
    hr_h5 *checkpoint, *dataset;
    const hr_checkpoint_summary *summary;
    double valid;           /* share of train that was held out (hr_dataset_read_slice) */
    const float *movie_row; /* [movies x dim] output rows of all movies */
} hr_rating_source;

typedef struct hr_rating_scores {
    /* Bytes that the arrays of keep take at the least, of all ranks, once the model is solved for. NULL: few. Local. */
    int64_t (*kept_bytes)(const void *state);

    /* Appends the arrays that a checkpoint keeps of the state, as they are now, whether it was solved for or not. Their data
     * belong to the state, and stay until the next call. Called as a checkpoint begins. Collective. */
    hr_status (*keep)(void *state, hr_checkpoint_extras *extras, hr_error *err);

    /* Makes the state of what keep wrote: a resumed run whose epochs are over solves no more, and writes again. Collective;
     * all ranks return the same status. HR_INPUT where an array is damaged. */
    hr_status (*resume)(void *state, hr_h5 *checkpoint, hr_error *err);

    /* Makes what scores, of the state of a model that is trained, which outlives it, or from files. Collective; all ranks
     * return the same status.
     *   movie_row  [movies x dim] output rows of all movies, which outlive it */
    hr_status (*of_state)(void **scores, void *state, const float *movie_row, hr_error *err);
    hr_status (*read)(void **scores, const hr_rating_source *source, hr_error *err);
    void (*destroy)(void *scores);

    /* A thread's memory. Local. HR_MEMORY. */
    hr_status (*workspace_create)(void **workspace, const void *scores, hr_error *err);
    void (*workspace_destroy)(void *workspace);

    /* Scores of user[0] … user[users - 1] of the ratings with all movies, of what is known of them (hr_split_is_known of
     * HR_VALID). A user's have the same bits whatever users are scored with it, on any number of ranks and threads.
     *   score  [users x movies] overwritten
     * Local, by one thread; cannot fail. */
    void (*score)(const void *scores, void *workspace, const hr_ratings *ratings, const int64_t *user,
                  int64_t users, float *score);

    /* share [movies]: what a rating of each movie gives to the score of `movie`. Local; cannot fail. */
    void (*shares)(const void *scores, void *workspace, int64_t movie, float *share);

    /* score [movies]: how similar each movie is to `movie`. NULL: the cosine of output rows is. Local; cannot fail. */
    void (*similar)(const void *scores, void *workspace, int64_t movie, float *score);
} hr_rating_scores;

#endif
