/* Rows in global order, cut into one block a rank: how checkpoints are written and rankings computed.
 *
 * Rank r of n has the users [r * users / n, (r + 1) * users / n) and the movies likewise; its block rows
 * are these users, then these movies, whole, whatever the grid. The move between blocks and owned rows is a
 * turn of columns into rows and a halo exchange: rows are ghosts of block rows. */
#ifndef HR_PARTITION_HALO_BLOCKS_H
#define HR_PARTITION_HALO_BLOCKS_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/comm/row_block.h"
#include "partition/halo/shard.h"
#include "partition/plan/grid.h"

#include <stdint.h>

typedef struct hr_blocks hr_blocks;

/* The exchange between this rank's owned rows and the blocks. The shard is read, not kept; the grid must
 * outlive the blocks. Collective; HR_MEMORY and HR_COMM on all ranks. */
hr_status hr_blocks_create(hr_blocks **blocks, const hr_grid *grid, const hr_shard *shard, hr_error *err);
void hr_blocks_destroy(hr_blocks *blocks);

/* Rows of this rank's block, users and movies. */
int64_t hr_blocks_rows(const hr_blocks *blocks);

/* Fills this rank's block from the owned rows of all ranks.
 *   owned  shard->owned x grid->columns floats
 *   block  hr_blocks_rows x grid->dim floats, overwritten
 * Collective; HR_MEMORY, HR_COMM. */
hr_status hr_blocks_collect(hr_blocks *blocks, const float *owned, float *block, hr_error *err);

/* The way back: fills owned rows from the blocks of all ranks. Collective; HR_MEMORY, HR_COMM. */
hr_status hr_blocks_distribute(hr_blocks *blocks, const float *block, float *owned, hr_error *err);

/* Brings the movie rows of all blocks together on every rank.
 *   mine  block movies x dim floats
 *   all   movies x dim floats, overwritten
 * Collective; HR_COMM. */
hr_status hr_blocks_gather_movies(const hr_comm *comm, const float *mine, int64_t movies, int64_t dim,
                                  float *all, hr_error *err);

#endif
