/* Products of rows with dense matrices in which the result of a row depends neither on the other rows nor on
 * their order. OpenBLAS does not promise that: its kernels for the last rows of a batch, or for few rows,
 * round differently. */
#ifndef HR_TRAINER_NUMERICS_REPRODUCIBLE_DENSE_H
#define HR_TRAINER_NUMERICS_REPRODUCIBLE_DENSE_H

#include "trainer/numerics/columns.h"
#include "trainer/numerics/row_sums.h"

#include <stdbool.h>
#include <stdint.h>

/* hr_dense_multiply (dense.h) for reproducible sums. Local. */
void hr_reproducible_multiply(int64_t rows, hr_columns from, bool transposed, const float *weights,
                              float beta, float *to, int64_t to_columns);

/* to += x' y, x.count x y.count reproducible sums (numerics/summation.h), bounded for x' y over the rows of
 * all ranks. Local. */
void hr_reproducible_outer(int64_t rows, hr_columns x, hr_columns y, const hr_row_sums *to);

#endif
