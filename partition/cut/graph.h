/* The bipartite graph that is trained on: an edge for each train rating, none for ratings of valid or test.
 *
 * Vertices are numbered over both kinds: users 0 … users - 1, then movies users … users + movies - 1. Edges are
 * numbered by user, and within a user by movie.
 *
 * A graph is divided among ranks: each holds the edges of consecutive users, as compressed rows (CSR), and what
 * is known of vertices. On one rank that is the whole graph. */
#ifndef HR_PARTITION_CUT_GRAPH_H
#define HR_PARTITION_CUT_GRAPH_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/dataset/ratings.h"
#include "io/hdf5/h5.h"

#include <stdbool.h>
#include <stdint.h>

/* Size of a graph. */
typedef struct hr_graph_size {
    int64_t users, movies, edges;
} hr_graph_size;

/* Zero-initialise; free with hr_graph_free. */
typedef struct hr_graph {
    hr_comm comm;                 /* the ranks; they outlive the graph */
    int64_t users, movies, edges; /* of the whole graph */
    int64_t *rank_user;           /* [comm.size + 1] rank r has users rank_user[r] … rank_user[r + 1] - 1 */
    int32_t *degree;              /* [users + movies] edges of each vertex, on any rank */

    int64_t first_user, users_here; /* this rank's users */
    int64_t *user_ptr;              /* [users_here + 1] from 0 */
    int32_t *user_movie;            /* [edges here] movie of each edge, ascending within a user */
    float *user_value; /* [edges here] rating of each edge; NULL where the dataset has no values */
    int64_t movie_capacity, value_capacity;

    int64_t *movie_ptr;  /* [movies + 1] NULL before hr_graph_transpose */
    int32_t *movie_user; /* [edges] user numbers, ascending within a movie: the transpose of user_movie */
    int32_t *cluster; /* [users + movies] which rows are near one another (clusters.h); NULL: one for all */
} hr_graph;

/* Builds the graph of the train ratings of all users, on one rank, without MPI. HR_INPUT where there is none;
 * HR_MEMORY where there is no room or a count exceeds 32 bits. Local. */
hr_status hr_graph_build(hr_graph *graph, const hr_ratings *ratings, hr_error *err);

/* Reads the train ratings of an open dataset file, of which `valid_share` is held out, divided among the ranks
 * such that each has about as many ratings. A rank reads its own users' only, some millions at a time, and
 * keeps 4 bytes of each edge, and 4 more where there are values. Collective; all ranks return the same status.
 * HR_INPUT, HR_IO for the file; HR_MEMORY. */
hr_status hr_graph_read(hr_graph *graph, const hr_comm *comm, hr_h5 *file, double valid_share, hr_error *err);

/* Fills movie_ptr and movie_user. HR_MEMORY. Of a graph on one rank; local. */
hr_status hr_graph_transpose(hr_graph *graph, hr_error *err);

void hr_graph_free(hr_graph *graph);

/* Edges on this rank. */
int64_t hr_graph_edges_here(const hr_graph *graph);

/* The rank that has a user's edges. */
int hr_graph_rank_of(const hr_graph *graph, int64_t user);

/* Whether every invariant stated at the members holds: offsets ascend from 0 to edges, indices are in range
 * and ascend, and degrees are those of the lists. For assertions; local. Takes O(edges x log(movies of a user))
 * where there is a transpose. */
bool hr_graph_is_valid(const hr_graph *graph);

#endif
