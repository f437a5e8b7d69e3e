/* Eigenvalues and eigenvectors of a symmetric matrix. */
#ifndef HR_TRAINER_NUMERICS_SYMMETRIC_EIGEN_H
#define HR_TRAINER_NUMERICS_SYMMETRIC_EIGEN_H

#include "io/base/error.h"

#include <stdint.h>

/* Replaces the matrix [dim x dim] by its eigenvectors, of length 1, one a row, and fills value [dim] with their
 * eigenvalues. Householder's reduction to three diagonals, then QL steps with implicit shifts (Bowdler, Martin,
 * Reinsch & Wilkinson 1968; Dubrulle 1970). The same bit for bit on every processor of an architecture, by one
 * thread. Not a number where the matrix has entries that are none. Local. HR_MEMORY. */
hr_status hr_symmetric_eigen(int64_t dim, double *matrix, double *value, hr_error *err);

/* The same by LAPACK's divide and conquer (Cuppen 1981), in floats: faster, and rounded as the library does it on
 * this processor. */
hr_status hr_symmetric_eigen_lapack(int64_t dim, float *matrix, float *value, hr_error *err);

#endif
