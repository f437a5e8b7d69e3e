/* The plan: which rank holds which vertices, which edges, and which ghosts.
 *
 * A rank's rows are its owned users by number, then its owned movies, busy ones first, then its ghosts. Edges
 * are kept by user: a part's *user slots* are the rows of its users, owned then ghosts, its *movie slots* the
 * rows of its movies; an edge is a movie slot in a user slot's list. All arrays
 * hold all parts one after the other, so that what one rank needs is one contiguous piece: part p has the
 * elements ptr[p] … ptr[p + 1] - 1. */
#ifndef HR_PARTITION_PLAN_PLAN_H
#define HR_PARTITION_PLAN_PLAN_H

#include "io/base/error.h"
#include "partition/cut/cut.h"
#include "partition/cut/graph.h"

#include <stdint.h>

/* Zero-initialise; free with hr_plan_free. */
typedef struct hr_plan {
    int32_t parts;
    int64_t users, movies, edges;
    int32_t *owner; /* [users + movies] part of each vertex */

    int64_t *vertex_ptr;    /* [parts + 1] into the arrays by vertex */
    int64_t *owned_users;   /* [parts] how many of a part's vertices are users; they come first */
    int64_t *vertex;        /* [users + movies] global numbers, in order of rows */
    int32_t *vertex_degree; /* [users + movies] train edges of the vertex, wherever they are */

    int64_t *ghost_ptr;   /* [parts + 1] into the arrays by ghost */
    int64_t *ghost;       /* [ghosts] global number, in order of rows: by owner, then by row there */
    int32_t *ghost_owner; /* [ghosts] part that owns it */
    int32_t *ghost_row;   /* [ghosts] its row there */

    int64_t *user_slot_ptr; /* [parts + 1] into the arrays by user slot */
    int32_t *user_row;      /* [user slots] ascending within a part */
    int64_t *slot_edges;    /* [user slots] number of this user's edges here */
    int64_t *first_edge;    /* [user slots] global number of the user's first train edge */

    int64_t *movie_slot_ptr; /* [parts + 1] into the array by movie slot */
    int32_t *movie_row;      /* [movie slots] ascending within a part */

    int64_t *edge_ptr;   /* [parts + 1] into the array by edge */
    int32_t *edge_movie; /* [edges] movie slot, ascending within a user slot */

    int64_t *rated_ptr;   /* [parts + 1] into the array by rating */
    int64_t *slot_rated;  /* [user slots] train edges of the user, here or elsewhere */
    int32_t *rated_movie; /* [sum of slot_rated] movie numbers, ascending within a user slot */
    float *rated_value;   /* [the same] stars; NULL where the graph has none */

    /* What the plan is worth; see plan_table.h. */
    int64_t cut_edges;
    int64_t matching;   /* largest matching summed over pairs of parts: equals the number of ghosts */
    int64_t usual_halo; /* rows one way if each part copied every neighbour of its vertices */
} hr_plan;

/* Places every edge by the smallest cover of each pair of parts; an edge with both ends in the cover goes to
 * the part of the pair that has fewer edges so far.
 *   owner  [users + movies] as hr_cut gives it; copied
 * HR_MEMORY where there is no room or a part has more rows than an int32_t counts. One process. */
hr_status hr_plan_build(hr_plan *plan, const hr_graph *graph, const int32_t *owner, int32_t parts,
                        hr_error *err);

void hr_plan_free(hr_plan *plan);

#endif
