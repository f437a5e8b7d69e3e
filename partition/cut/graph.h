/* The bipartite graph that is trained on: an edge for each train rating, and nothing of valid or test.
 *
 * Vertices are numbered over both kinds: users 0 … users - 1, then movies users … users + movies - 1. */
#ifndef HR_PARTITION_CUT_GRAPH_H
#define HR_PARTITION_CUT_GRAPH_H

#include "io/base/error.h"
#include "io/dataset/ratings.h"

#include <stdint.h>

/* How large a graph is. */
typedef struct hr_graph_size {
    int64_t users, movies, edges;
} hr_graph_size;

/* Zero-initialise; free with hr_graph_free. Edges are numbered in user order: edge e of user u is
 * user_ptr[u] <= e < user_ptr[u + 1], its movie user_movie[e]. */
typedef struct hr_graph {
    int64_t users, movies, edges;
    int64_t *user_ptr;   /* [users + 1] */
    int32_t *user_movie; /* [edges] movie numbers, ascending within a user */
    float *user_value;   /* [edges] stars, or NULL where the ratings came without them */
    int64_t *movie_ptr;  /* [movies + 1] */
    int32_t *movie_user; /* [edges] user numbers, ascending within a movie */
} hr_graph;

/* Builds the graph of the train ratings of all users. HR_INPUT where there is none. One process. */
hr_status hr_graph_build(hr_graph *graph, const hr_ratings *ratings, hr_error *err);

void hr_graph_free(hr_graph *graph);

/* Number of neighbours of a vertex (users first, then movies). */
int64_t hr_graph_degree(const hr_graph *graph, int64_t vertex);

#endif
