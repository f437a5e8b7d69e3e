/* How often movies are rated together: the matrix C = X' D X, where X is users x movies, 1 where a user has rated a movie in
 * train, and D has a weight of each user on its diagonal.
 *
 * C is never whole in memory. Each rank has the lists of the users that it owns, computes what these add to some rows of C,
 * and receives the sum over ranks of its share of these rows. */
#ifndef HR_TRAINER_ITEM_ITEMS_CO_RATINGS_H
#define HR_TRAINER_ITEM_ITEMS_CO_RATINGS_H

#include "trainer/graph/graph_context.h"

#include <stdbool.h>
#include <stdint.h>

/* A user of a movie: the rank's number of the user, and where the movie is in the user's list. */
typedef struct hr_rater {
    int32_t user, place;
} hr_rater;

/* Zero-initialise; free with hr_co_ratings_free. */
typedef struct hr_co_ratings {
    const hr_comm *comm;
    int64_t users, movies; /* users: those that this rank owns */
    const int64_t *ptr;    /* [users + 1] of the shard: each user's movies, ascending */
    const int32_t *movie;
    int64_t *rater_ptr; /* [movies + 1] */
    hr_rater *rater;    /* [ptr[users]] those of each movie */
    double *weight;     /* [users] D */
    int64_t *count;     /* [movies] train ratings of each movie, on all ranks */
} hr_co_ratings;

/* Lists this rank's users, all with the weight 1. The graph must outlive it. Collective on the ranks of the graph, which is
 * not divided into column groups; all return the same status. HR_MEMORY, HR_COMM. */
hr_status hr_co_ratings_create(hr_co_ratings *c, const hr_graph_context *graph, hr_error *err);
void hr_co_ratings_free(hr_co_ratings *c);

/* Gives each user the weight (train ratings of the user)^-exponent, rounded so that sums of weights are exact in any order.
 *   exponent  0 or more
 *   mean      receives the weight of the user of a rating, in the mean over all ratings; 1 without ratings
 * Collective; all ranks return the same status. HR_COMM. */
hr_status hr_co_ratings_weigh(hr_co_ratings *c, double exponent, double *mean, hr_error *err);

/* How many rows each rank should ask for at a time, from 1 to `most`: sums of them take no more than some tens of MB. */
int64_t hr_co_ratings_width(const hr_co_ratings *c, int64_t most);

/* Rows of C, `width` for each rank: rank r receives those of movies movie[r x width] … movie[(r + 1) x width - 1], whose
 * numbers are the same on all ranks; -1 is no movie, and has a row of zeros.
 *   upper  whether only entries of the row's own movie and of those after it are asked for; others are then 0
 *   rows   [ranks x width x movies], of which this rank's are at the beginning afterwards, and the others undefined
 *
 * Sums are of doubles: exact, whatever the order, where weights are whole numbers or rounded by hr_sum_unit. Collective.
 * HR_MEMORY where there are more entries than an int counts, HR_COMM. */
hr_status hr_co_ratings_sum(const hr_co_ratings *c, const int64_t *movie, int64_t width, bool upper,
                            double *rows, hr_error *err);

#endif
