/* Train edges that are held out from a sample of users, by which a filter's options are chosen, and how well scores find
 * them. */
#ifndef HR_TRAINER_FILTERS_HELD_OUT_EDGES_H
#define HR_TRAINER_FILTERS_HELD_OUT_EDGES_H

#include "io/base/error.h"
#include "trainer/filters/train_graph.h"

#include <stdint.h>

/* Zero-initialise; free with hr_held_out_edges_free. */
typedef struct hr_held_out_edges {
    hr_train_graph kept; /* the graph without them */
    int64_t users;
    int64_t *user;  /* [users] numbers, ascending */
    int64_t *ptr;   /* [users + 1] */
    int32_t *movie; /* [ptr[users]] held-out movies of each, at least one */
} hr_held_out_edges;

/* Holds out a fifth of the edges of about `most` users, or of all if they are fewer, of those with something to hold out and
 * something to keep. A function of the graph and the seed. Local. HR_MEMORY. */
hr_status hr_hold_out_edges(hr_held_out_edges *held, const hr_train_graph *graph, int64_t most, uint64_t seed,
                            hr_error *err);
void hr_held_out_edges_free(hr_held_out_edges *held);

/* The mean of recall@20 and ndcg@20 of a user's list, as evaluation defines them, ties being expectations by halves.
 *   index  of the user in the sample
 *   score  [movies, rounded up to a multiple of HR_LANES] overwritten: movies that are not ranked become NaN
 * Local. */
double hr_held_out_quality(const hr_held_out_edges *held, int64_t index, float *score);

#endif
