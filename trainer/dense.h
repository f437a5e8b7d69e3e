/* Products of rows with dense matrices, dim x dim, by OpenBLAS on one thread a piece of the rows: rows are
 * what goes in parallel, and results do not depend on the number of threads. Matrices are row-major. */
#ifndef HR_TRAINER_DENSE_H
#define HR_TRAINER_DENSE_H

#include <stdbool.h>
#include <stdint.h>

/* Pieces that a sum over rows is made of. */
enum { HR_DENSE_PIECES = 8 };

/* to = beta to + from W, or from W' where `transposed`; from and to rows x dim. Local. */
void hr_dense_multiply(int64_t rows, int64_t dim, const float *from, bool transposed, const float *weights,
                       float beta, float *to);

/* to = beta to + scale x' y, dim x dim, for x and y rows x dim.
 *   pieces  HR_DENSE_PIECES x dim x dim floats to work with
 * Local. */
void hr_dense_outer(int64_t rows, int64_t dim, float scale, const float *x, const float *y, float beta,
                    float *pieces, float *to);

#endif
