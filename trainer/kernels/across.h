/* Rows laid across: sixteen of them side by side, a column of theirs a vector, so that one row meets sixteen
 * at a time. Every product is added up in the same order, wherever the rows stand: what a library's matrix
 * product does not promise. */
#ifndef HR_TRAINER_KERNELS_ACROSS_H
#define HR_TRAINER_KERNELS_ACROSS_H

#include "io/base/error.h"
#include "trainer/kernels/simd.h"

#include <stdint.h>

/* Zero-initialise; free with hr_across_free. */
typedef struct hr_across {
    int64_t dim;
    int64_t blocks;  /* of HR_LANES rows, the last maybe of fewer */
    hr_f32x16 *line; /* [blocks x dim] a column of a block's rows */
} hr_across;

/* Room for `count` rows of dim columns, all zero. Local. HR_MEMORY. */
hr_status hr_across_create(hr_across *across, int64_t count, int64_t dim, hr_error *err);
void hr_across_free(hr_across *across);

/* Lays `count` rows, one after the other from `row` on, across. Local. */
void hr_across_lay(hr_across *across, const float *row, int64_t count);

/* Products of x (dim floats) with the rows of a block, in product[HR_LANES]; what lies beyond the last row
 * counts as zeros. */
void hr_across_multiply(const hr_across *across, const float *x, int64_t block, float *product);

#endif
