/* Users, or movies, in blocks of equal work: in descending order of degree they are dealt to the blocks, forth
 * and back,
 *
 *     block    0  1  2  3
 *              0  1  2  3     the four with most edges
 *              7  6  5  4     the next four
 *              8  9 10 ...
 *
 * so that blocks differ little in edges, and by one at most in rows. The blocks are a function of the degrees
 * alone, and so the same on any number of ranks. */
#ifndef HR_TRAINER_LAYERS_VERTEX_BLOCKS_H
#define HR_TRAINER_LAYERS_VERTEX_BLOCKS_H

#include "io/base/error.h"

#include <stdint.h>

/* Zero-initialise; free with hr_vertex_blocks_free. */
typedef struct hr_vertex_blocks {
    int32_t blocks;
    int64_t count;  /* vertices */
    int32_t *order; /* [count] each vertex's number in descending order of degree */
    int64_t *first; /* [blocks + 1] rows of all blocks before each, the last of all */
} hr_vertex_blocks;

/* A row of a block. */
typedef struct hr_block_row {
    int32_t block, row;
} hr_block_row;

/*   degree  [count]
 * Local. HR_MEMORY. */
hr_status hr_vertex_blocks_create(hr_vertex_blocks *blocks, int32_t count_of_blocks, int64_t count,
                                  const int32_t *degree, hr_error *err);
void hr_vertex_blocks_free(hr_vertex_blocks *blocks);

/* Where a vertex is. */
static inline hr_block_row hr_vertex_block_row(const hr_vertex_blocks *blocks, int64_t vertex)
{
    const int32_t row = blocks->order[vertex] / blocks->blocks,
                  dealt = blocks->order[vertex] % blocks->blocks;
    return (hr_block_row){row % 2 == 0 ? dealt : blocks->blocks - 1 - dealt, row};
}

#endif
