/* The basis in which the Gram matrix of rows that lie on many ranks, G = factor X'X [dim x dim], is diagonal: its
 * eigenvectors. Rows that are rotated into that basis have the same dot products as before, and are multiplied
 * with G column by column. */
#ifndef HR_TRAINER_NUMERICS_GRAM_BASIS_H
#define HR_TRAINER_NUMERICS_GRAM_BASIS_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/numerics/gram.h"
#include "trainer/numerics/summation.h"

#include <stdint.h>

/* Zero-initialise; free with hr_gram_basis_free. */
typedef struct hr_gram_basis {
    hr_summation summation;
    int64_t columns, dim;
    float *vector;       /* [dim x dim] eigenvectors, one a row */
    float *value;        /* [dim] eigenvalues of G, none below 0 */
    float *pieces;       /* [HR_GRAM_PIECES x dim x dim] plain sums: to work with */
    double *sum, *chunk; /* [dim x dim], [HR_GRAM_CHUNK x dim] reproducible sums: to work with */
} hr_gram_basis;

/* Of rows of dim columns, those from `columns` on being 0, and staying so. Local. HR_MEMORY. */
hr_status hr_gram_basis_create(hr_gram_basis *basis, hr_summation summation, int64_t columns, int64_t dim,
                               hr_error *err);
void hr_gram_basis_free(hr_gram_basis *basis);

/* Finds the basis of G, the same on all ranks. Where sums are reproducible, so is the basis.
 *   rows  this rank's
 * Collective. HR_COMM, HR_MEMORY. */
hr_status hr_gram_basis_find(hr_gram_basis *basis, const hr_comm *comm, const hr_gram_rows *rows,
                             float factor, hr_error *err);

/* to = row in the basis, both [count x dim], which are different arrays. Local. */
void hr_gram_basis_rotate(const hr_gram_basis *basis, const float *row, int64_t count, float *to);

#endif
