/* A shard's edges in tiles: blocks of users by blocks of movies.
 *
 *              movies 0 … 255   256 … 511   …
 *     users  +----------------+-----------+---
 *     0 …    |  tile 0        |  tile 1   |        A sweep takes the tiles of a row one after the other, and then
 *     4095   |                |           |        those of the next. A user's edges in a tile are a run.
 *            +----------------+-----------+---
 *     4096 … |  tile `blocks` |           |
 *
 * An edge's movie line then comes from the first cache; a run costs about as much as an edge whose line comes from
 * the second. Tiles are worth it where runs are long: many ratings a user, movies in the order of their
 * popularity (docs/decisions/077-edge-sweeps-go-by-tiles.md). */
#ifndef HR_TRAINER_PROPAGATION_TILED_EDGES_H
#define HR_TRAINER_PROPAGATION_TILED_EDGES_H

#include "io/base/error.h"
#include "partition/halo/shard.h"
#include "trainer/kernels/edge_sweep.h"

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise; free with hr_tiled_edges_free. */
typedef struct hr_tiled_edges {
    int64_t user_blocks, movie_blocks;
    int64_t *range;      /* [ranges + 1] first user block of each range of users */
    int64_t *first_user; /* [user_blocks + 1] user slots */
    int64_t *first_run;  /* [user_blocks x movie_blocks + 1] of each tile */
    int64_t *first_edge; /* likewise */
    hr_edge_run *run; /* of all tiles, and HR_RUNS_AHEAD more, which are zeros */
    uint8_t *edge_movie; /* [edges] */
} hr_tiled_edges;

/* Whether a sweep by tiles is the faster one: a mean run has at least three edges. HR_MEMORY. */
hr_status hr_tiled_edges_are_faster(const hr_shard *shard, bool *faster, hr_error *err);

/* Tiles the edges.
 *   first_user  [ranges + 1] user slots, ascending, from 0 to all: no tile has users of two ranges
 * HR_MEMORY. */
hr_status hr_tiled_edges_create(hr_tiled_edges *tiled, const hr_shard *shard, const int64_t *first_user,
                                int ranges, hr_error *err);
void hr_tiled_edges_free(hr_tiled_edges *tiled);

/* Sweeps the edges of ranges from … to - 1, as hr_edge_sweep_run does.
 *   user   [user slots] rows, overwritten with sums
 *   movie  [movie slots] x is read, y added to
 *   sums   [HR_TILE_USERS] to work with
 * Local; cannot fail. */
void hr_tiled_edges_sweep(const hr_tiled_edges *tiled, bool doubles, int from, int to, hr_line *user,
                          hr_movie_line *movie, hr_line *sums);

#endif
