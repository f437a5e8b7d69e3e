/* A linear map from what a user has rated to the user's own parameters, of which training leaves a newcomer none:
 *
 *     parameters_u = features_u W,   features_u = (mean over the user's movies of y_i,  1),
 *
 * and, where ratings are predicted, the mean of (r - mean rating) y_i too, with y_i the movies' output rows. W is the
 * least-squares solution over users that were trained on: the sum of |parameters_u - features_u W|^2 + ridge |W|^2, with
 * a ridge of 0.001 times the mean of the features' squares. Parameters that were trained are near to such a map (R^2 of 0.94 for
 * mf by BPR on ml-latest-small), since their gradients are sums of movies' rows; it ranks better than minimising the loss by the
 * user's parameters alone, which overfits them (docs/decisions/083-newcomers-by-a-learned-map.md). */
#ifndef HR_TRAINER_FOLD_IN_USER_MAP_H
#define HR_TRAINER_FOLD_IN_USER_MAP_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/dataset/ratings.h"

#include <stdbool.h>
#include <stdint.h>

/* What is known of a user. */
typedef struct hr_known_ratings {
    const int32_t *movie; /* [count] no movie twice */
    const float
        *value; /* [count] ratings; of a model of rankings, 0 for a movie that the user dislikes; NULL: 1 */
    int64_t count;
} hr_known_ratings;

/* Whether it is one of the movies that a user of rankings has. */
static inline bool hr_is_liked(const hr_known_ratings *known, int64_t i)
{
    return !known->value || known->value[i] > 0.0F;
}

/* Users that are added to the sums together. */
enum { HR_MAP_USERS = 64 };

/* Zero-initialise; free with hr_user_map_free. */
typedef struct hr_user_map {
    int64_t dim, features;
    bool reads_ratings;
    double mean_rating;     /* where it reads ratings */
    const float *movie_row; /* [movies x dim] output rows */
    double *square;         /* [features x features] sum of features' products, the lower triangle by rows */
    double *product;        /* [dim x features] sums of parameters times features, then W' */
    int64_t waiting;        /* users that are not yet in the sums: */
    double *feature;        /* [HR_MAP_USERS x features] */
    double *parameter;      /* [HR_MAP_USERS x dim] */
} hr_user_map;

/* movie_row must outlive it. Local. HR_MEMORY. */
hr_status hr_user_map_create(hr_user_map *map, int64_t dim, bool reads_ratings, double mean_rating,
                             const float *movie_row, hr_error *err);
void hr_user_map_free(hr_user_map *map);

/* feature [map->features] of a user. Local. */
void hr_user_map_features(const hr_user_map *map, const hr_known_ratings *known, double *feature);

/* Adds the users of a block that have train ratings.
 *   ratings    with values where the map reads ratings
 *   parameter  [ratings->users x dim]
 *   movie, value  [largest number of a user's ratings] to work with
 * Local. */
void hr_user_map_add(hr_user_map *map, const hr_ratings *ratings, const float *parameter, int32_t *movie,
                     float *value);

/* Sums over ranks, each of which has added other users, and solves for W. Collective; all ranks return the same status.
 * HR_COMM. One process passes hr_comm_alone(). */
hr_status hr_user_map_solve(hr_user_map *map, const hr_comm *comm, hr_error *err);

/* parameter [dim] = feature W. Local. */
void hr_user_map_apply(const hr_user_map *map, const double *feature, float *parameter);

#endif
