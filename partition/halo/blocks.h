/* Rows in global order, one block for each rank: the distribution of checkpoints and of rankings.
 *
 * Rank r of n has the users floor(r users / n) … floor((r + 1) users / n) - 1 and the movies likewise. Its
 * block is the rows of these users, then of these movies, with all columns, whatever the grid.
 *
 * The way between owned rows and blocks has two steps: a transposition between column groups (grid.h), after
 * which each rank has some owned rows with all columns; and a halo exchange over all ranks, in which these
 * rows are ghosts of block rows. */
#ifndef HR_PARTITION_HALO_BLOCKS_H
#define HR_PARTITION_HALO_BLOCKS_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/comm/row_block.h"
#include "partition/halo/shard.h"
#include "partition/plan/grid.h"

#include <stdint.h>

typedef struct hr_blocks hr_blocks;

/* Sets up the exchange between owned rows and blocks. The shard is read, not kept; the grid must outlive the
 * blocks. Collective; all ranks return the same status. HR_MEMORY, HR_COMM. */
hr_status hr_blocks_create(hr_blocks **blocks, const hr_grid *grid, const hr_shard *shard, hr_error *err);
/* Collective. NULL is fine. */
void hr_blocks_destroy(hr_blocks *blocks);

/* Rows of this rank's block, users and movies together. */
int64_t hr_blocks_rows(const hr_blocks *blocks);

/* Fills this rank's block from the owned rows of all ranks.
 *   owned  [shard->owned x grid->columns]
 *   block  [hr_blocks_rows x grid->dim] overwritten
 *
 * Collective. HR_COMM. */
hr_status hr_blocks_collect(hr_blocks *blocks, const float *owned, float *block, hr_error *err);

/* The inverse: fills owned rows from the blocks of all ranks. Collective. HR_COMM. */
hr_status hr_blocks_distribute(hr_blocks *blocks, const float *block, float *owned, hr_error *err);

/* Gathers the movie rows of all blocks on every rank.
 *   mine  [movies of this rank's block x dim]
 *   all   [movies x dim] overwritten
 *
 * Collective. HR_COMM. */
hr_status hr_blocks_gather_movies(const hr_comm *comm, const float *mine, int64_t movies, int64_t dim,
                                  float *all, hr_error *err);

#endif
