/* A symmetric positive definite system of linear equations: a sum of squares of rows and a multiple of the identity. */
#ifndef HR_TRAINER_CARRIERS_SYMMETRIC_SYSTEM_H
#define HR_TRAINER_CARRIERS_SYMMETRIC_SYSTEM_H

#include "io/base/error.h"

#include <stdint.h>

/* matrix [dim x dim], of which the lower triangle is used; += factor * row row'. Local. */
void hr_system_add_square(double *matrix, int64_t dim, double factor, const double *row);

/* Solves matrix x = column for `columns` columns in place, [columns x dim], by Cholesky's factorisation; the matrix
 * receives the factor. HR_INPUT where it is not positive definite. Local. */
hr_status hr_system_solve(double *matrix, int64_t dim, double *column, int64_t columns, hr_error *err);

#endif
