/* Products of rows with dense matrices that do not depend on what other rows there are, nor in what order:
 * OpenBLAS takes other kernels for the last rows of a batch than for the first, and for few rows than for
 * many, which round differently. */
#ifndef HR_TRAINER_NUMERICS_REPRODUCIBLE_DENSE_H
#define HR_TRAINER_NUMERICS_REPRODUCIBLE_DENSE_H

#include "trainer/numerics/columns.h"
#include "trainer/numerics/row_sums.h"

#include <stdbool.h>
#include <stdint.h>

/* hr_dense_multiply (dense.h), each row in the same way wherever it stands. Local. */
void hr_reproducible_multiply(int64_t rows, hr_columns from, bool transposed, const float *weights,
                              float beta, float *to, int64_t to_columns);

/* to += x' y, x.count x y.count reproducible sums (numerics/summation.h), bounded for x' y over the rows of all ranks.
 * Local. */
void hr_reproducible_outer(int64_t rows, hr_columns x, hr_columns y, const hr_row_sums *to);

#endif
