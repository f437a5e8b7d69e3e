#include "partition/halo/blocks.h"

#include "io/base/even.h"
#include "io/base/memory.h"
#include "io/base/sort.h"
#include "partition/halo/halo.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

struct hr_blocks {
    const hr_grid *grid;
    hr_halo *halo; /* owned rows: block rows; ghosts: the rows that this rank has with all columns */
    int64_t rows;
    int64_t owned;     /* owned rows of the shard */
    int64_t whole;     /* rows that this rank has with all columns after the transposition */
    int32_t *order;    /* [whole] the whole row that is ghost i */
    float *transposed; /* [whole x dim] */
    float *staging;    /* [(rows + whole) x dim] */
};

/* The rank whose block has element `index` of `count`: the last one whose block begins at or before it. */
static int block_of(int64_t count, int64_t index, int size)
{
    int rank = (int)((double)index / (double)count * size);
    while (rank > 0 && hr_block_first(count, rank, size) > index)
        rank--;
    while (rank + 1 < size && hr_block_first(count, rank + 1, size) <= index)
        rank++;
    return rank;
}

/* Where a vertex's row is among the blocks: a key that orders rows by rank, then by row of its block. */
static int64_t block_key(const hr_shard *shard, int64_t vertex, int size)
{
    const bool is_user = vertex < shard->users;
    const int64_t count = is_user ? shard->users : shard->movies;
    const int64_t index = is_user ? vertex : vertex - shard->users;
    const int rank = block_of(count, index, size);
    int64_t row = index - hr_block_first(count, rank, size);
    if (!is_user)
        row += hr_block_first(shard->users, rank + 1, size) - hr_block_first(shard->users, rank, size);
    return (int64_t)rank << 32 | row;
}

/* Lists the whole rows as ghosts of block rows, by rank and row there. */
static hr_status list_rows(const hr_blocks *blocks, const hr_shard *shard, int32_t *rank, int32_t *row,
                           hr_error *err)
{
    hr_status status = HR_OK;
    hr_keyed *order = NULL;
    const int64_t *vertex = shard->vertex + hr_grid_first_row(blocks->grid, shard->owned);
    HR_ALLOC(order, blocks->whole);
    for (int64_t i = 0; i < blocks->whole; i++)
        order[i] = (hr_keyed){block_key(shard, vertex[i], blocks->grid->world.size), i};
    hr_sort_keyed(order, blocks->whole);
    for (int64_t i = 0; i < blocks->whole; i++) {
        blocks->order[i] = (int32_t)order[i].value;
        rank[i] = (int32_t)(order[i].key >> 32);
        row[i] = (int32_t)(order[i].key & UINT32_MAX);
    }
done:
    free(order);
    return status;
}

static hr_status blocks_new(hr_blocks **out, const hr_grid *grid, const hr_shard *shard, int32_t **rank,
                            int32_t **row, hr_error *err)
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
    HR_ALLOC(blocks->order, blocks->whole);
    HR_ALLOC(blocks->transposed, blocks->whole * grid->dim);
    HR_ALLOC(blocks->staging, (blocks->rows + blocks->whole) * grid->dim);
    HR_ALLOC(*rank, blocks->whole);
    HR_ALLOC(*row, blocks->whole);
    HR_TRY(list_rows(blocks, shard, *rank, *row, err));
done:
    return status;
}

hr_status hr_blocks_create(hr_blocks **out, const hr_grid *grid, const hr_shard *shard, hr_error *err)
{
    hr_blocks *blocks = NULL;
    int32_t *rank = NULL, *row = NULL;
    *out = NULL;
    assert(hr_grid_is_valid(grid) && hr_shard_is_valid(shard));
    hr_status status = blocks_new(&blocks, grid, shard, &rank, &row, err);
    HR_TRY(hr_agree(&grid->world, status, NULL, err));
    HR_TRY(hr_halo_create(&blocks->halo, &grid->world, blocks->rows, blocks->whole, rank, row, grid->dim, 0,
                          err));
    *out = blocks;
done:
    free(row);
    free(rank);
    if (status != HR_OK)
        hr_blocks_destroy(blocks);
    return status;
}

void hr_blocks_destroy(hr_blocks *blocks)
{
    if (!blocks)
        return;
    hr_halo_destroy(blocks->halo);
    free(blocks->staging);
    free(blocks->transposed);
    free(blocks->order);
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
    float *ghosts = blocks->staging + blocks->rows * dim;
    HR_TRY(hr_grid_to_rows(blocks->grid, blocks->owned, owned, blocks->transposed, err));
    memset(blocks->staging, 0, (size_t)blocks->rows * row_bytes);
    for (int64_t i = 0; i < blocks->whole; i++)
        memcpy(ghosts + i * dim, blocks->transposed + blocks->order[i] * dim, row_bytes);
    HR_TRY(hr_halo_reduce(blocks->halo, blocks->staging, dim, err));
    memcpy(block, blocks->staging, (size_t)blocks->rows * row_bytes);
done:
    return status;
}

hr_status hr_blocks_distribute(hr_blocks *blocks, const float *block, float *owned, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t dim = blocks->grid->dim;
    const size_t row_bytes = (size_t)dim * sizeof *block;
    const float *ghosts = blocks->staging + blocks->rows * dim;
    memcpy(blocks->staging, block, (size_t)blocks->rows * row_bytes);
    HR_TRY(hr_halo_scatter(blocks->halo, blocks->staging, dim, err));
    for (int64_t i = 0; i < blocks->whole; i++)
        memcpy(blocks->transposed + blocks->order[i] * dim, ghosts + i * dim, row_bytes);
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
