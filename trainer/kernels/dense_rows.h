/* Products of rows with dense matrices. The result of a row does not depend on its position or on the other
 * rows. */
#ifndef HR_TRAINER_KERNELS_DENSE_ROWS_H
#define HR_TRAINER_KERNELS_DENSE_ROWS_H

#include "trainer/simd/dispatch.h"
#include "trainer/simd/line.h"

#include <stdint.h>

/* Lines in a row of a piece of a matrix: 2 x HR_LANES columns. */
enum { HR_PIECE_LINES = 2 };

/* Rows times a piece of a matrix. Columns of `to` beyond those of the piece are left alone. */
typedef struct hr_dense_rows {
    int64_t rows;
    const float *x; /* [rows x depth], rows x_stride apart */
    int64_t x_stride;
    const hr_line *piece; /* [depth x HR_PIECE_LINES] */
    int64_t depth;
    float *to; /* [rows x columns], rows to_stride apart */
    int64_t columns, to_stride;
} hr_dense_rows;

/* to = beta to + x piece. to is not read where beta is 0. */
HR_KERNEL(void, hr_dense_rows_multiply, (const hr_dense_rows *rows, float beta), (rows, beta))

/* Columns first … end - 1 of x, times all columns of y, summed over rows in doubles. */
typedef struct hr_dense_products {
    int64_t rows;
    const float *x; /* [rows x end], rows x_stride apart */
    int64_t x_stride, first, end;
    const float *y; /* [rows x columns], rows y_stride apart */
    int64_t columns, y_stride;
    double unit; /* to which products are rounded (simd/rounding.h) */
    double *to;  /* [end x columns] */
} hr_dense_products;

/* to += x' y. */
HR_KERNEL(void, hr_dense_products_add, (const hr_dense_products *products), (products))

/* row <- scale row L^-T, by forward substitution. The result does not depend on which other rows there are.
 *   lower  [dim x dim] the lower triangular L, column after column
 *   work   [dim]
 *   row    [dim] */
HR_KERNEL(void, hr_solve_row,
          (const double *lower, int64_t dim, double scale, double *restrict work, float *row),
          (lower, dim, scale, work, row))

#endif
