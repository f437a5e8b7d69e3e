/* Interleaved rows: in blocks of sixteen, each block stored column by column, so that a row is multiplied
 * with sixteen others at a time (kernels/scores.h). */
#ifndef HR_TRAINER_NUMERICS_INTERLEAVED_ROWS_H
#define HR_TRAINER_NUMERICS_INTERLEAVED_ROWS_H

#include "io/base/error.h"
#include "trainer/kernels/scores.h"
#include "trainer/numerics/summation.h"

#include <stdint.h>

/* Zero-initialise; free with hr_interleaved_rows_free. */
typedef struct hr_interleaved_rows {
    bool fused; /* products may be fused (kernels/scores.h) */
    int64_t dim;
    int64_t blocks; /* of HR_LANES rows, the last one filled up with zeros */
    hr_line *line;  /* [blocks x dim] a column of a block's rows */
} hr_interleaved_rows;

/* Room for `count` rows of dim columns, all zero. Reproducible products are not fused. Local. HR_MEMORY. */
hr_status hr_interleaved_rows_create(hr_interleaved_rows *rows, int64_t count, int64_t dim, hr_summation how,
                                     hr_error *err);
void hr_interleaved_rows_free(hr_interleaved_rows *rows);

/* Stores `count` rows, row-major from `row` on. Local. */
void hr_interleaved_rows_fill(hr_interleaved_rows *rows, const float *row, int64_t count);

/* Products of x [dim] with the rows of a block, to product [HR_LANES]: 0 beyond the last row. */
static inline void hr_interleaved_rows_multiply(const hr_interleaved_rows *rows, const float *x,
                                                int64_t block, float *product)
{
    hr_block_scores(rows->fused, rows->line + block * rows->dim, rows->dim, x, product);
}

/* Products of `count` rows of x [count x dim] with stored rows first … first + products - 1, that of the i-th with row m to
 * product[i * stride + m - first]: the same bits whatever rows are multiplied with it. `first` is a multiple of HR_LANES.
 * Local. */
void hr_interleaved_rows_products(const hr_interleaved_rows *rows, const float *x, int64_t count,
                                  int64_t first, int64_t products, float *product, int64_t stride);

#endif
