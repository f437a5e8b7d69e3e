/* How users and movies score by what training left: for most models by the dot product of their output rows,
 * for some by an MLP; and by what these are mixed with.
 *
 * A scorer is shared by threads; each has a workspace, at which a few users at a time are seated and scored
 * with one stretch of movies after the other. */
#ifndef HR_TRAINER_SCORING_SCORER_H
#define HR_TRAINER_SCORING_SCORER_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/dataset/ratings.h"
#include "trainer/loss/mlp.h"
#include "trainer/numerics/row_blocks.h"
#include "trainer/scoring/mixture.h"

#include <stdbool.h>
#include <stdint.h>

/* Most users at a workspace. */
enum { HR_WORKSPACE_USERS = HR_CONTENT_USERS };

/* Zero-initialise; free with hr_scorer_free. */
typedef struct hr_scorer {
    const hr_ratings *ratings; /* of this rank's users, with their splits; a user is a place in it */
    int64_t dim;
    hr_mlp_shape mlp;      /* without layers where dot products score */
    const float *weights;  /* of the MLP */
    float *movie_half;     /* [ratings->movies x MLP.width[0]] */
    const hr_mixer *mixer; /* that the scores go into, or NULL */
    const float *user_row; /* [ratings->users x dim] */
    float *movie_row;      /* [ratings->movies x dim] of all movies */
    hr_row_blocks blocks;  /* movies' rows, where dot products are exact */
} hr_scorer;

/* One thread's memory. Zero-initialise; free with hr_score_workspace_free. */
typedef struct hr_score_workspace {
    int64_t users;
    float *rows; /* [HR_WORKSPACE_USERS x dim] of those seated */
    float *half; /* [HR_WORKSPACE_USERS x MLP.width[0]] */
    hr_mlp mlp;
    hr_mlp_pair *pair; /* [pairs that the MLP scores at a time] */
    hr_content_workspace content;
    float *mixed, *similarity; /* [HR_WORKSPACE_USERS x movies] where scores are mixed */
    int32_t *train;            /* [movies] a user's */
} hr_score_workspace;

/* A scorer of this rank's block of users with all movies.
 *   block    (block users + block movies) x MLP->columns output rows, as partition/halo/blocks.h lays them
 * out MLP    without layers: the score is the dot product weights  the MLP's; NULL without mixer    NULL,
 * or one without bands: scores stay as they are Where MLP->exact, scores are the same, to the last bit, on
 * any number of ranks, for movies x columns floats more and some time.
 *
 * Ratings, block, weights and mixer must outlive it. It holds movies x columns floats on each rank, and as
 * many as the MLP's first layer has units: it grows with the catalogue, not with the ratings. Collective.
 * HR_MEMORY and HR_COMM, on all ranks. */
hr_status hr_scorer_create(hr_scorer *scorer, const hr_comm *comm, const hr_ratings *ratings,
                           const float *block, const hr_mlp_shape *mlp, const float *weights,
                           const hr_mixer *mixer, hr_error *err);
void hr_scorer_free(hr_scorer *scorer);

/* Local. HR_MEMORY. */
hr_status hr_score_workspace_create(hr_score_workspace *workspace, const hr_scorer *scorer, hr_error *err);
void hr_score_workspace_free(hr_score_workspace *workspace);

/* Seats up to HR_WORKSPACE_USERS users. */
void hr_score_load_users(const hr_scorer *scorer, hr_score_workspace *workspace, const int64_t *user,
                         int64_t users);

/* Scores of all seated users with movies first … first + count - 1: that of place p with movie m goes to
 * scores[p * stride + m - first]. `first` is a multiple of HR_LANES. */
void hr_score_movies(const hr_scorer *scorer, hr_score_workspace *workspace, int64_t first, int64_t count,
                     int64_t stride, float *scores);

/* The score of the user at a place with one movie. */
float hr_score_pair(const hr_scorer *scorer, hr_score_workspace *workspace, int64_t place, int64_t movie);

#endif
