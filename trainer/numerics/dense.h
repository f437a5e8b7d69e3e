/* Products of rows with dense matrices. Threads take pieces of the rows, each of which OpenBLAS multiplies on
 * one thread, so that results do not depend on the number of threads. Matrices are row-major. */
#ifndef HR_TRAINER_NUMERICS_DENSE_H
#define HR_TRAINER_NUMERICS_DENSE_H

#include "trainer/numerics/columns.h"
#include "trainer/numerics/row_sums.h"

#include <stdbool.h>
#include <stdint.h>

/* Pieces that a sum over rows is made of. */
enum { HR_DENSE_PIECES = 8 };

/* to = beta to + from W, W being from.count x to_columns, or from W' for a W of to_columns x from.count where
 * `transposed`; to is rows x to_columns. Where sums are reproducible a row of `to` is the same bit for bit
 * whatever rows it is multiplied with (OpenBLAS does not promise it). Local. */
void hr_dense_multiply(hr_summation summation, int64_t rows, hr_columns from, bool transposed,
                       const float *weights, float beta, float *to, int64_t to_columns);

/* to = beta to + scale x' y, x.count x y.count.
 *   pieces  HR_DENSE_PIECES x x.count x y.count floats to work with
 * Local. */
void hr_dense_outer(int64_t rows, float scale, hr_columns x, hr_columns y, float beta, float *pieces,
                    float *to);

/* to += x' y, of this rank's rows, under a bound for all ranks'.
 *   pieces  as above
 * Local. */
void hr_dense_add_outer(int64_t rows, hr_columns x, hr_columns y, float *pieces, const hr_row_sums *to);

/* to [columns] += the sum of rows x columns. Local. */
void hr_dense_add_rows(int64_t rows, int64_t columns, const float *from, const hr_row_sums *to);

/* to [columns] += the sum of products, column by column, of rows of x and y [rows x columns]. Local. */
void hr_dense_add_products(int64_t rows, int64_t columns, const float *x, const float *y,
                           const hr_row_sums *to);

#endif
