/* The rows of movies on their way through the ranks while an epoch goes from stratum to stratum
 * (edge_blocks.h): in stratum s block i of users meets block (i + s) mod B of movies. From one stratum to the
 * next each rank passes one block of movies on to the rank before it, and receives one from the rank behind. */
#ifndef HR_TRAINER_LAYERS_BLOCK_RING_H
#define HR_TRAINER_LAYERS_BLOCK_RING_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/layers/edge_blocks.h"

#include <stdint.h>

/* Zero-initialise; free with hr_block_ring_free. */
typedef struct hr_block_ring {
    const hr_comm *comm;
    const hr_edge_blocks *blocks;
    int64_t dim;
    int before, behind; /* ranks; this one where it is alone */
    int32_t stratum;
    float *values;
    float **rows; /* [end - first + 1] rows of the movies that block i of users meets are rows[i - first]; one
                     more for a block that arrives */
} hr_block_ring;

/* comm and blocks must outlive it. Local. HR_MEMORY. */
hr_status hr_block_ring_create(hr_block_ring *ring, const hr_comm *comm, const hr_edge_blocks *blocks,
                               int64_t dim, hr_error *err);
void hr_block_ring_free(hr_block_ring *ring);

/* The block of movies that block `users` of this rank's meets. Local. */
int32_t hr_block_ring_movies(const hr_block_ring *ring, int32_t users);

/* Goes to the next stratum; after B strata each rank has the blocks that it began with. Collective over ranks
 * that have blocks of users; the others return at once. HR_COMM. */
hr_status hr_block_ring_advance(hr_block_ring *ring, hr_error *err);

#endif
