/* Edges in blocks, for stochastic gradient descent without conflicts on any number of ranks and threads (DSGD:
 * Gemulla, Nijkamp, Haas & Sismanis, KDD 2011).
 *
 * Users and movies are each cut into B blocks (vertex_blocks.h), and with them the edges into B x B. Stratum s
 * is the B blocks (i, (i + s) mod B), which have no row in common:
 *
 *              movies 0   1   2   3
 *     users 0         0   1   2   3      the number is the stratum
 *           1         3   0   1   2
 *           2         2   3   0   1
 *           3         1   2   3   0
 *
 * An epoch is the strata in order, and in each its blocks, in any order or at the same time: the result is the
 * same bit for bit. Rank r of n has the edges of the users of blocks floor(r B / n) … floor((r + 1) B / n) - 1.
 * The edges of a block are in the order of the users' rows, those of a user in the order of the movies. */
#ifndef HR_TRAINER_LAYERS_EDGE_BLOCKS_H
#define HR_TRAINER_LAYERS_EDGE_BLOCKS_H

#include "io/base/error.h"
#include "trainer/graph/graph_context.h"
#include "trainer/kernels/block_descent.h"
#include "trainer/layers/vertex_blocks.h"

#include <stdint.h>

/* Zero-initialise; free with hr_edge_blocks_free. */
typedef struct hr_edge_blocks {
    int32_t blocks;               /* B */
    int32_t first, end;           /* blocks of users of this rank */
    int32_t *degree;              /* [users + movies] train edges of each vertex, on all ranks */
    hr_vertex_blocks user, movie; /* of all users, of all movies */
    int64_t *visit_ptr,
        *edge_ptr; /* [(end - first) x B + 1] offsets of block (i, j), number (i - first) B + j */
    hr_descent_visit *visit;
    hr_descent_edge *edge; /* ratings less the mean rating */
} hr_edge_blocks;

/* B of a graph with that many movies whose rows have row_bytes bytes: the rows of a block of movies fit half of
 * a second-level cache of 512 kB, and 16 threads or ranks have equal shares. Local. */
int32_t hr_edge_blocks_count(int64_t movies, int64_t row_bytes);

/* Brings the ratings to their blocks' ranks. Ratings of the graph have been read. Collective; all ranks return
 * the same status: HR_MEMORY, HR_COMM. */
hr_status hr_edge_blocks_create(hr_edge_blocks *blocks, const hr_graph_context *graph, int32_t count,
                                hr_error *err);
void hr_edge_blocks_free(hr_edge_blocks *blocks);

#endif
