/* Rows in blocks of sixteen, each block stored column by column, so that a row is multiplied with sixteen
 * others at a time (kernels/scores.h). */
#ifndef HR_TRAINER_NUMERICS_ROW_BLOCKS_H
#define HR_TRAINER_NUMERICS_ROW_BLOCKS_H

#include "io/base/error.h"
#include "trainer/kernels/scores.h"

#include <stdint.h>

/* Zero-initialise; free with hr_row_blocks_free. */
typedef struct hr_row_blocks {
    int64_t dim;
    int64_t count;   /* of HR_LANES rows, the last one filled up with zeros */
    hr_f32x16 *line; /* [blocks x dim] a column of a block's rows */
} hr_row_blocks;

/* Room for `count` rows of dim columns, all zero. Local. HR_MEMORY. */
hr_status hr_row_blocks_create(hr_row_blocks *blocks, int64_t count, int64_t dim, hr_error *err);
void hr_row_blocks_free(hr_row_blocks *blocks);

/* Stores `count` rows, row-major from `row` on. Local. */
void hr_row_blocks_fill(hr_row_blocks *blocks, const float *row, int64_t count);

/* Products of x [dim] with the rows of a block, to product [HR_LANES]: 0 beyond the last row. */
static inline void hr_row_blocks_multiply(const hr_row_blocks *blocks, const float *x, int64_t block,
                                          float *product)
{
    hr_block_scores(blocks->line + block * blocks->dim, blocks->dim, x, product);
}

#endif
