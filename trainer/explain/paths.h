/* Paths user - movie - other user - movie: who else has rated a movie of the user's, and the movie that is explained.
 * A path's weight is the product of those of its three edges in LightGCN's propagation (trainer/propagation/propagation.h):
 * u^-p m^(p - 1) for a user of u and a movie of m train ratings; of other models p is 1/2. */
#ifndef HR_TRAINER_EXPLAIN_PATHS_H
#define HR_TRAINER_EXPLAIN_PATHS_H

#include "io/base/error.h"
#include "io/dataset/rating_pass.h"
#include "trainer/carriers/subject.h"
#include "trainer/scoring/train_figures.h"

#include <stdint.h>

enum { HR_KEPT_PATHS = 3 };

typedef struct hr_path {
    int32_t movie; /* of the user */
    int64_t user;  /* the other one */
    double weight;
} hr_path;

/* Those that end at one movie. */
typedef struct hr_paths {
    int64_t count, users; /* paths, and other users that they go through */
    double weight;        /* sum of all */
    int kept;
    hr_path best[HR_KEPT_PATHS]; /* best first; of equals that of the smaller user, then movie */
} hr_paths;

/* What is searched. */
typedef struct hr_path_search {
    hr_h5 *dataset;
    const hr_rating_pass *pass; /* over its ratings; NULL, or none: the file is read */
    int64_t users;
    double valid; /* share of train that is held out for validation */
    double power; /* p */
    const hr_train_figures *train;
    int64_t user; /* is passed over; -1: nobody */
    const hr_subject *subject;
    const int32_t *movie; /* [count] that paths end at, no movie twice */
    int64_t count;
} hr_path_search;

/* Finds the paths to each movie, paths [count]. Reads all ratings once, some millions at a time, unless there is a pass. Local. HR_INPUT,
 * HR_MEMORY. */
hr_status hr_paths_find(const hr_path_search *search, hr_paths *paths, hr_error *err);

#endif
