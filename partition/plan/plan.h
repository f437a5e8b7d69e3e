/* The plan: the vertices, edges and ghosts of every part.
 *
 * Rows. A part's rows are its owned users, by cluster (cut/clusters.h) and number, then its owned movies, by
 * cluster and by number of edges, the most first, then its ghosts by owner and by row there:
 *
 *     row  0          owned_users   owned                       owned + ghosts
 *          | users    | movies      | ghosts, users and movies  |
 *
 * Slots. Edges are compressed rows by user. Not every row is a user's, so users and movies have numberings of
 * their own within a part: user slot i is the i-th row that is a user's, owned or ghost, movie slot i the
 * i-th that is a movie's. An edge is a movie slot in the list of a user slot.
 *
 * Parts are divided among the ranks of the graph: a rank has parts first_part … end_part - 1, and their ghosts and
 * slots, one part after the other. Part p has elements ptr[p] … ptr[p + 1] - 1 of all ranks' together, where ptr
 * are offsets over all parts, and so ptr[p] - ptr[first_part] … of this rank's. Lists of edges are as long as the
 * graph itself and are not kept: plan_lists.h. */
#ifndef HR_PARTITION_PLAN_PLAN_H
#define HR_PARTITION_PLAN_PLAN_H

#include "io/base/error.h"
#include "partition/cut/cut.h"
#include "partition/cut/graph.h"

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise; free with hr_plan_free. */
typedef struct hr_plan {
    hr_comm comm; /* of the graph */
    int32_t parts;
    int32_t first_part, end_part; /* of this rank */
    int64_t users, movies, edges;

    /* On all ranks. */
    int32_t *owner;         /* [users + movies] part of each vertex */
    int32_t *cluster;       /* [users + movies] its cluster, 0 where none were found */
    int64_t *vertex_ptr;    /* [parts + 1] into the arrays by vertex */
    int64_t *owned_users;   /* [parts] users among the part's vertices; they come first */
    int64_t *vertex;        /* [users + movies] global numbers, in order of parts and rows */
    int32_t *vertex_degree; /* [users + movies] train edges of the vertex, on all parts together */
    int64_t
        *ghost_ptr; /* [parts + 1] offsets of a part's ghosts, user and movie slots, edges, and ratings of */
    int64_t *user_slot_ptr; /* user slots (slot_rated) */
    int64_t *movie_slot_ptr;
    int64_t *edge_ptr;
    int64_t *rated_ptr;
    int64_t *sent; /* [parts] ghosts of a part's vertices, on all others */

    /* Of this rank's parts. */
    int64_t *ghost;       /* [ghosts] global number, in order of rows: by owner, then by row there */
    int32_t *ghost_owner; /* [ghosts] part that owns it */
    int32_t *ghost_row;   /* [ghosts] its row there */
    int32_t *user_row;    /* [user slots] ascending within a part */
    int64_t *slot_edges;  /* [user slots] edges of the user on this part */
    int64_t *first_edge;  /* [user slots] global number of the user's first train edge */
    int64_t *slot_rated;  /* [user slots] train edges of the user, on all parts together */
    int32_t *movie_row;   /* [movie slots] ascending within a part */

    /* Of the edges of this rank's users, in the order of the graph. */
    uint8_t *with_movie; /* 1: on the part that owns the movie; 0: on that of the user */

    /* Figures of the plan; see plan_table.h. */
    int64_t cut_edges;  /* edges whose ends have different owners */
    int64_t matching;   /* maximum matchings summed over pairs of parts: equals the number of ghosts */
    int64_t usual_halo; /* ghosts if each part copied every neighbour of its vertices */
} hr_plan;

/* Builds the plan: assigns every edge (placement.h), then numbers rows and slots of each part.
 *   plan   zero-initialised; hr_plan_free frees it, whatever is returned
 *   graph  read, not kept
 *   owner  [users + movies] part of each vertex, 0 <= owner[v] < parts, as hr_cut gives it, the same on all ranks;
 *          copied
 *   parts  at least 1
 *
 * The plan does not depend on the number of ranks. Collective over the graph's ranks; all return the same status:
 * HR_MEMORY where there is no room or a part has more rows than an int32_t counts, HR_COMM. */
hr_status hr_plan_build(hr_plan *plan, const hr_graph *graph, const int32_t *owner, int32_t parts,
                        hr_error *err);

void hr_plan_free(hr_plan *plan);

/* The vertex of a row of one of this rank's parts. */
int64_t hr_plan_vertex(const hr_plan *plan, int32_t part, int64_t row);

/* Whether every invariant stated above holds: every vertex has one owner and one row, ghosts are sorted
 * copies of rows that exist, every row has one slot, lists ascend, and counts agree. For assertions; takes
 * linear time. plan_valid.c. Local. */
bool hr_plan_is_valid(const hr_plan *plan);

#endif
