#include "trainer/layers/block_ring.h"

#include "io/base/even.h"
#include "io/base/memory.h"

enum { TAG_BLOCK = 13 };

hr_status hr_block_ring_create(hr_block_ring *ring, const hr_comm *comm, const hr_edge_blocks *blocks,
                               int64_t dim, hr_error *err)
{
    hr_status status = HR_OK;
    const int32_t here = blocks->end - blocks->first, count = blocks->blocks;
    const int64_t most = (blocks->movie.count + count - 1) / count * dim; /* values of a block */
    *ring = (hr_block_ring){.comm = comm, .blocks = blocks, .dim = dim};
    ring->before = hr_block_with(count, (blocks->first + count - 1) % count, comm->size);
    ring->behind = hr_block_with(count, blocks->end % count, comm->size);
    HR_ALLOC(ring->values, (here + 1) * most);
    HR_ALLOC(ring->rows, here + 1);
    for (int32_t i = 0; i <= here; i++)
        ring->rows[i] = ring->values + i * most;
done:
    return status;
}

void hr_block_ring_free(hr_block_ring *ring)
{
    free(ring->values);
    free(ring->rows);
    *ring = (hr_block_ring){0};
}

int32_t hr_block_ring_movies(const hr_block_ring *ring, int32_t users)
{
    return (users + ring->stratum) % ring->blocks->blocks;
}

/* Values of a block of movies. */
static int block_values(const hr_block_ring *ring, int32_t block)
{
    const int64_t *first = ring->blocks->movie.first;
    return (int)((first[block + 1] - first[block]) * ring->dim);
}

hr_status hr_block_ring_advance(hr_block_ring *ring, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_edge_blocks *b = ring->blocks;
    const int32_t here = b->end - b->first, out = hr_block_ring_movies(ring, b->first);
    const int32_t in = hr_block_ring_movies(ring, b->end);
    if (here == 0)
        return HR_OK;
    float *passed = ring->rows[0], *arrived = ring->rows[here];
    const bool is_alone = here == b->blocks;
    if (!is_alone)
        status = hr_mpi(MPI_Sendrecv(passed, block_values(ring, out), MPI_FLOAT, ring->before, TAG_BLOCK,
                                     arrived, block_values(ring, in), MPI_FLOAT, ring->behind, TAG_BLOCK,
                                     ring->comm->mpi, MPI_STATUS_IGNORE),
                        "passing a block of rows on", err);
    for (int32_t i = 0; i + 1 < here; i++)
        ring->rows[i] = ring->rows[i + 1];
    ring->rows[here - 1] = is_alone ? passed : arrived;
    ring->rows[here] = is_alone ? arrived : passed;
    ring->stratum = (ring->stratum + 1) % b->blocks;
    return status;
}
