/* The bipartite graph that is trained on: an edge for each train rating, none for ratings of valid or test.
 *
 * Vertices are numbered over both kinds: users 0 … users - 1, then movies users … users + movies - 1. The
 * graph is held in both directions, each as compressed rows (CSR). Edges are numbered by user: those of user
 * u are user_ptr[u] … user_ptr[u + 1] - 1, and their order is that of the user's movies. */
#ifndef HR_PARTITION_CUT_GRAPH_H
#define HR_PARTITION_CUT_GRAPH_H

#include "io/base/error.h"
#include "io/dataset/ratings.h"

#include <stdbool.h>
#include <stdint.h>

/* Size of a graph. */
typedef struct hr_graph_size {
    int64_t users, movies, edges;
} hr_graph_size;

/* Zero-initialise; free with hr_graph_free. */
typedef struct hr_graph {
    int64_t users, movies, edges;
    int64_t *user_ptr;   /* [users + 1] */
    int32_t *user_movie; /* [edges] movie of each edge, 0 … movies - 1, ascending within a user */
    float *user_value;   /* [edges] rating of each edge; NULL where the dataset has no values */
    int64_t *movie_ptr;  /* [movies + 1] */
    int32_t *movie_user; /* [edges] user numbers, ascending within a movie: the transpose of user_movie */
    int32_t *cluster; /* [users + movies] which rows are near one another (clusters.h); NULL: one for all */
} hr_graph;

/* Builds the graph of the train ratings of all users. HR_INPUT where there is none; HR_MEMORY where there is
 * no room or a count exceeds 32 bits. Local. */
hr_status hr_graph_build(hr_graph *graph, const hr_ratings *ratings, hr_error *err);

void hr_graph_free(hr_graph *graph);

/* Edges of a vertex, 0 <= vertex < users + movies. */
int64_t hr_graph_degree(const hr_graph *graph, int64_t vertex);

/* Whether every invariant stated at the members holds: offsets ascend from 0 to edges, indices are in range
 * and ascend, and both directions hold the same edges. For assertions; takes O(edges x log(movies of a
 * user)). */
bool hr_graph_is_valid(const hr_graph *graph);

#endif
