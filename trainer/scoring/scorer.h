/* Scores of users and movies by what training left: for most models the dot product of their output rows, for
 * some an MLP, for some a function of the user's ratings (models/rating_scores.h); mixed with content, popularity and the
 * scores of other models where that is asked for (mixture.h).
 *
 * Threads share a scorer. Each has a workspace, into which a block of users is loaded and scored with one range
 * of movies after the other:
 *
 *     hr_score_load_users(scorer, &workspace, user, users);
 *     for (m = 0; m < movies; m += chunk)
 *         hr_score_movies(scorer, &workspace, m, chunk, chunk, scores); */
#ifndef HR_TRAINER_SCORING_SCORER_H
#define HR_TRAINER_SCORING_SCORER_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/dataset/ratings.h"
#include "trainer/loss/mlp.h"
#include "trainer/models/rating_scores.h"
#include "trainer/numerics/interleaved_rows.h"
#include "trainer/scoring/mixture.h"

#include <stdbool.h>
#include <stdint.h>

/* Most users that are loaded at a time: whole tiles of the kernel on every instruction set (kernels/scores.h). */
enum { HR_WORKSPACE_USERS = 48 };

/* Zero-initialise; free with hr_scorer_free. */
typedef struct hr_scorer {
    const hr_ratings *ratings; /* of this rank's users, with their splits; users are numbered as there */
    int64_t movies, dim;
    hr_mlp_shape mlp;                                     /* without layers where dot products score */
    const float *weights;                                 /* of the MLP */
    float *movie_half;                                    /* [movies x MLP.width[0]] */
    const hr_rating_scores *by_ratings;                   /* or NULL; set by hr_scorer_set_rating_scores */
    const void *rating_scores;                            /* of that table */
    const hr_mixer *mixer;                                /* that the scores go into, or NULL */
    const struct hr_scorer *other[HR_MIXTURE_MODELS - 1]; /* of other models that are mixed, without users */
    int others;
    const float *user_row[HR_MIXTURE_MODELS]; /* [ratings->users x dim] of this model, and of the others */
    float *movie_row;                         /* [movies x dim] of all movies */
    hr_interleaved_rows interleaved;          /* of movies' rows, where scores are dot products */
} hr_scorer;

/* One thread's memory. Zero-initialise; free with hr_score_workspace_free. */
typedef struct hr_score_workspace {
    int64_t users;
    float *rows; /* [HR_WORKSPACE_USERS x dim] of those loaded */
    float *half; /* [HR_WORKSPACE_USERS x MLP.width[0]] */
    hr_mlp mlp;
    hr_mlp_pair *pair; /* [pairs that the MLP scores at a time] */
    hr_content_workspace content;
    const hr_rating_scores *by_ratings; /* the scorer's */
    void *of_ratings;                   /* the workspace of that table */
    float *whole;      /* [HR_WORKSPACE_USERS x movies] scores, where they are made of ratings, or mixed */
    float *similarity; /* [HR_WORKSPACE_USERS x movies] where scores are mixed */
    int32_t *known;    /* [movies] of a user's train and known ratings */
    struct hr_score_workspace *other; /* [others] of other models */
    int others;
} hr_score_workspace;

/* Makes a scorer of this rank's block of users with all movies.
 *   block    (block users + block movies) x mlp->columns output rows, in the order of partition/halo/blocks.h
 *   mlp      without layers scores are dot products
 *   weights  of the MLP; NULL without layers
 *   mixer    NULL, or one without bands: scores are not mixed
 *
 * A user's score with a movie has the same bits whatever users and movies are scored with it, on any number of ranks;
 * reproducible scores have them on every processor.
 *
 * Ratings, block, weights and mixer must outlive it. It holds, on each rank, twice movies x columns floats, and
 * movies x width of the MLP's first layer: it grows with the catalogue, not with the ratings.
 * Collective. HR_MEMORY and HR_COMM, on all ranks. */
hr_status hr_scorer_create(hr_scorer *scorer, const hr_comm *comm, const hr_ratings *ratings,
                           const float *block, const hr_mlp_shape *mlp, const float *weights,
                           const hr_mixer *mixer, hr_error *err);
void hr_scorer_free(hr_scorer *scorer);

/* The same without users.
 *   block   output rows of this rank's block of `movies` movies, which are not kept */
hr_status hr_scorer_create_of_movies(hr_scorer *scorer, const hr_comm *comm, int64_t movies,
                                     const float *block, const hr_mlp_shape *mlp, const float *weights,
                                     const hr_mixer *mixer, hr_error *err);

/* Gives it other users: ratings->users of them, and their output rows by each model, user_row [1 + others], all of which must
 * outlive their use. Local. */
void hr_scorer_set_users(hr_scorer *scorer, const hr_ratings *ratings, float *const *user_row);

/* Has its scores mixed with those of another model's scorer, the next one that the mixer has a share for. The other is of the
 * same movies, has no mixer and no users, and must outlive it. Before workspaces are made. Local. */
void hr_scorer_add(hr_scorer *scorer, const hr_scorer *other);

/* Has scores made of the users' ratings: by the table, of `scores`, which must outlive it. Before workspaces are made.
 * Local. */
void hr_scorer_set_rating_scores(hr_scorer *scorer, const hr_rating_scores *by_ratings, const void *scores);

/* Local. HR_MEMORY. */
hr_status hr_score_workspace_create(hr_score_workspace *workspace, const hr_scorer *scorer, hr_error *err);
void hr_score_workspace_free(hr_score_workspace *workspace);

/* Loads up to HR_WORKSPACE_USERS users, user [users], in place of those before. Where scores are mixed, or made
 * of ratings, this scores them with all movies. Local. */
void hr_score_load_users(const hr_scorer *scorer, hr_score_workspace *workspace, const int64_t *user,
                         int64_t users);

/* Scores all loaded users with movies first … first + count - 1: that of the i-th user with movie m goes to
 * scores[i * stride + m - first]. `first` is a multiple of HR_LANES; so is `count`, unless it ends with the last
 * movie. Local. */
void hr_score_movies(const hr_scorer *scorer, hr_score_workspace *workspace, int64_t first, int64_t count,
                     int64_t stride, float *scores);

/* The score of loaded user number `index` with one movie. Local. */
float hr_score_pair(const hr_scorer *scorer, hr_score_workspace *workspace, int64_t index, int64_t movie);

#endif
