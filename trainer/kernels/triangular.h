/* Rows times the inverse of a triangular matrix. */
#ifndef HR_TRAINER_KERNELS_TRIANGULAR_H
#define HR_TRAINER_KERNELS_TRIANGULAR_H

#include <stdint.h>

/* row <- scale row L^-T, by forward substitution. The result does not depend on which other rows there are.
 *   lower  [dim x dim] the lower triangular L, column after column
 *   work   [dim]
 *   row    [dim] */
void hr_solve_row(const double *lower, int64_t dim, double scale, double *restrict work, float *row);

#endif
