#include "partition/blocks.h"

#include "io/memory.h"
#include "partition/halo.h"

#include <stdbool.h>
#include <string.h>

struct hr_blocks {
    hr_halo *halo; /* its owned rows are block rows, its ghosts this rank's owned rows */
    int64_t users, rows, owned;
    int32_t *order; /* [owned] the owned row that is ghost i */
    float *staging; /* [(rows + owned) x max_cols] */
};

int64_t hr_block_first(int64_t count, int rank, int size)
{
    return count / size * rank + count % size * rank / size; /* count * rank / size without overflow */
}

hr_checkpoint_block hr_block_of(const hr_comm *comm, int64_t users, int64_t movies)
{
    const int64_t first_user = hr_block_first(users, comm->rank, comm->size);
    const int64_t first_movie = hr_block_first(movies, comm->rank, comm->size);
    return (hr_checkpoint_block){first_user, hr_block_first(users, comm->rank + 1, comm->size) - first_user,
                                 first_movie,
                                 hr_block_first(movies, comm->rank + 1, comm->size) - first_movie};
}

/* Where a thing numbered `index` of `count` lies: the last rank whose block begins at or before it. */
static int block_of(int64_t count, int64_t index, int size)
{
    int rank = (int)((double)index / (double)count * size);
    while (rank > 0 && hr_block_first(count, rank, size) > index)
        rank--;
    while (rank + 1 < size && hr_block_first(count, rank + 1, size) <= index)
        rank++;
    return rank;
}

/* An owned row and its place among the blocks. */
typedef struct place {
    int32_t rank, row, owned_row;
} place;

static place place_of(const hr_shard *shard, int64_t owned_row, int size)
{
    const int64_t vertex = shard->vertex[owned_row];
    const bool is_user = vertex < shard->users;
    const int64_t count = is_user ? shard->users : shard->movies;
    const int64_t index = is_user ? vertex : vertex - shard->users;
    const int rank = block_of(count, index, size);
    int64_t row = index - hr_block_first(count, rank, size);
    if (!is_user)
        row += hr_block_first(shard->users, rank + 1, size) - hr_block_first(shard->users, rank, size);
    return (place){rank, (int32_t)row, (int32_t)owned_row};
}

static int by_place(const void *a, const void *b)
{
    const place *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static hr_status place_rows(const hr_shard *shard, int size, int32_t *order, int32_t *rank, int32_t *row,
                            hr_error *err)
{
    hr_status status = HR_OK;
    place *places = NULL;
    HR_ALLOC(places, shard->owned);
    for (int64_t i = 0; i < shard->owned; i++)
        places[i] = place_of(shard, i, size);
    qsort(places, (size_t)shard->owned, sizeof *places, by_place);
    for (int64_t i = 0; i < shard->owned; i++) {
        order[i] = places[i].owned_row;
        rank[i] = places[i].rank;
        row[i] = places[i].row;
    }
done:
    free(places);
    return status;
}

static hr_status blocks_new(hr_blocks **out, const hr_comm *comm, const hr_shard *shard, int64_t max_cols,
                            int32_t **rank, int32_t **row, hr_error *err)
{
    hr_status status = HR_OK;
    hr_blocks *blocks = NULL;
    HR_ALLOC(blocks, 1);
    *out = blocks;
    blocks->owned = shard->owned;
    const hr_checkpoint_block mine = hr_block_of(comm, shard->users, shard->movies);
    blocks->users = mine.users;
    blocks->rows = mine.users + mine.movies;
    HR_ALLOC(blocks->order, shard->owned);
    HR_ALLOC(blocks->staging, (blocks->rows + blocks->owned) * max_cols);
    HR_ALLOC(*rank, shard->owned);
    HR_ALLOC(*row, shard->owned);
    HR_TRY(place_rows(shard, comm->size, blocks->order, *rank, *row, err));
done:
    return status;
}

hr_status hr_blocks_create(hr_blocks **out, const hr_comm *comm, const hr_shard *shard, int64_t max_cols,
                           hr_error *err)
{
    hr_blocks *blocks = NULL;
    int32_t *rank = NULL, *row = NULL;
    *out = NULL;
    hr_status status = blocks_new(&blocks, comm, shard, max_cols, &rank, &row, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_halo_create(&blocks->halo, comm, blocks->rows, shard->owned, rank, row, max_cols, 0, err));
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
    free(blocks->order);
    free(blocks);
}

int64_t hr_blocks_users(const hr_blocks *blocks)
{
    return blocks->users;
}

int64_t hr_blocks_rows(const hr_blocks *blocks)
{
    return blocks->rows;
}

hr_status hr_blocks_collect(hr_blocks *blocks, const float *owned, int64_t cols, float *block, hr_error *err)
{
    const size_t row_bytes = (size_t)cols * sizeof *block;
    float *ghosts = blocks->staging + blocks->rows * cols;
    memset(blocks->staging, 0, (size_t)blocks->rows * row_bytes);
    for (int64_t i = 0; i < blocks->owned; i++)
        memcpy(ghosts + i * cols, owned + blocks->order[i] * cols, row_bytes);
    const hr_status status = hr_halo_reduce(blocks->halo, blocks->staging, cols, err);
    memcpy(block, blocks->staging, (size_t)blocks->rows * row_bytes);
    return status;
}

hr_status hr_blocks_distribute(hr_blocks *blocks, const float *block, int64_t cols, float *owned,
                               hr_error *err)
{
    const size_t row_bytes = (size_t)cols * sizeof *block;
    const float *ghosts = blocks->staging + blocks->rows * cols;
    memcpy(blocks->staging, block, (size_t)blocks->rows * row_bytes);
    const hr_status status = hr_halo_scatter(blocks->halo, blocks->staging, cols, err);
    for (int64_t i = 0; i < blocks->owned; i++)
        memcpy(owned + blocks->order[i] * cols, ghosts + i * cols, row_bytes);
    return status;
}
