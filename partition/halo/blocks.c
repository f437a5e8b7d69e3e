#include "partition/halo/blocks.h"

#include "io/base/even.h"
#include "io/base/memory.h"
#include "partition/halo/redistribution.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

struct hr_blocks {
    const hr_grid *grid;
    hr_redistribution *redistribution; /* at hand: the rows that this rank has with all columns */
    int64_t rows;
    int64_t owned;     /* owned rows of the shard */
    int64_t whole;     /* rows that this rank has with all columns after the transposition */
    float *transposed; /* [whole x dim] */
};

/* Where a vertex's row is among the blocks. */
static hr_row_position position_of(const hr_shard *shard, int64_t vertex, int size)
{
    const bool is_user = vertex < shard->users;
    const int64_t count = is_user ? shard->users : shard->movies;
    const int64_t index = is_user ? vertex : vertex - shard->users;
    const int rank = hr_block_with(count, index, size);
    int64_t row = index - hr_block_first(count, rank, size);
    if (!is_user)
        row += hr_block_first(shard->users, rank + 1, size) - hr_block_first(shard->users, rank, size);
    return (hr_row_position){rank, (int32_t)row};
}

static hr_status blocks_new(hr_blocks **out, const hr_grid *grid, const hr_shard *shard,
                            hr_row_position **position, hr_error *err)
{
    hr_status status = HR_OK;
    hr_blocks *blocks = NULL;
    HR_ALLOC(blocks, 1);
    *out = blocks;
    blocks->grid = grid;
    blocks->owned = shard->owned;
    blocks->whole = hr_grid_rows(grid, shard->owned);
    const hr_row_block mine = hr_row_block_of(&grid->world, shard->users, shard->movies);
    blocks->rows = mine.users + mine.movies;
    HR_ALLOC(blocks->transposed, blocks->whole * grid->dim);
    HR_ALLOC(*position, blocks->whole);
    const int64_t *vertex = shard->vertex + hr_grid_first_row(grid, shard->owned);
    for (int64_t i = 0; i < blocks->whole; i++)
        (*position)[i] = position_of(shard, vertex[i], grid->world.size);
done:
    return status;
}

hr_status hr_blocks_create(hr_blocks **out, const hr_grid *grid, const hr_shard *shard, hr_error *err)
{
    hr_blocks *blocks = NULL;
    hr_row_position *position = NULL;
    *out = NULL;
    assert(hr_grid_is_valid(grid) && hr_shard_is_valid(shard));
    hr_status status = blocks_new(&blocks, grid, shard, &position, err);
    HR_TRY(hr_agree(&grid->world, status, NULL, err));
    HR_TRY(hr_redistribution_create(&blocks->redistribution, &grid->world, blocks->rows, blocks->whole,
                                    position, grid->dim, err));
    *out = blocks;
done:
    free(position);
    if (status != HR_OK)
        hr_blocks_destroy(blocks);
    return status;
}

void hr_blocks_destroy(hr_blocks *blocks)
{
    if (!blocks)
        return;
    hr_redistribution_destroy(blocks->redistribution);
    free(blocks->transposed);
    free(blocks);
}

int64_t hr_blocks_rows(const hr_blocks *blocks)
{
    return blocks->rows;
}

hr_status hr_blocks_collect(hr_blocks *blocks, const float *owned, float *block, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t dim = blocks->grid->dim;
    const size_t row_bytes = (size_t)dim * sizeof *block;
    HR_TRY(hr_grid_to_rows(blocks->grid, blocks->owned, owned, blocks->transposed, err));
    for (int64_t i = 0; i < blocks->whole; i++)
        memcpy(hr_redistribution_at_hand(blocks->redistribution, i), blocks->transposed + i * dim, row_bytes);
    HR_TRY(hr_redistribution_send(blocks->redistribution, err));
    memcpy(block, hr_redistribution_rows(blocks->redistribution), (size_t)blocks->rows * row_bytes);
done:
    return status;
}

hr_status hr_blocks_distribute(hr_blocks *blocks, const float *block, float *owned, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t dim = blocks->grid->dim;
    const size_t row_bytes = (size_t)dim * sizeof *block;
    memcpy(hr_redistribution_rows(blocks->redistribution), block, (size_t)blocks->rows * row_bytes);
    HR_TRY(hr_redistribution_fetch(blocks->redistribution, err));
    for (int64_t i = 0; i < blocks->whole; i++)
        memcpy(blocks->transposed + i * dim, hr_redistribution_at_hand(blocks->redistribution, i), row_bytes);
    HR_TRY(hr_grid_to_columns(blocks->grid, blocks->owned, blocks->transposed, owned, err));
done:
    return status;
}

hr_status hr_blocks_gather_movies(const hr_comm *comm, const float *mine, int64_t movies, int64_t dim,
                                  float *all, hr_error *err)
{
    hr_status status = HR_OK;
    for (int rank = 0; rank < comm->size && status == HR_OK; rank++) {
        const int64_t first = hr_block_first(movies, rank, comm->size);
        const int64_t count = hr_block_first(movies, rank + 1, comm->size) - first;
        const int64_t bytes = count * dim * (int64_t)sizeof(float);
        if (rank == comm->rank)
            memcpy(all + first * dim, mine, (size_t)bytes);
        status = hr_broadcast(comm, all + first * dim, bytes, rank, err);
    }
    return status;
}
