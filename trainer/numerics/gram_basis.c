#include "trainer/numerics/gram_basis.h"

#include "io/base/memory.h"
#include "trainer/numerics/dense.h"
#include "trainer/numerics/symmetric_eigen.h"

#include <string.h>

hr_status hr_gram_basis_create(hr_gram_basis *basis, hr_summation summation, int64_t columns, int64_t dim,
                               hr_error *err)
{
    hr_status status = HR_OK;
    basis->summation = summation;
    basis->columns = columns;
    basis->dim = dim;
    HR_ALLOC(basis->vector, dim * dim);
    HR_ALLOC(basis->value, dim);
    if (summation == HR_SUM_PLAIN) {
        HR_ALLOC(basis->pieces, HR_GRAM_PIECES * dim * dim);
        return HR_OK;
    }
    HR_ALLOC(basis->sum, dim * dim);
    HR_ALLOC(basis->chunk, HR_GRAM_CHUNK * dim);
done:
    return status;
}

void hr_gram_basis_free(hr_gram_basis *basis)
{
    free(basis->vector);
    free(basis->value);
    free(basis->pieces);
    free(basis->sum);
    free(basis->chunk);
    *basis = (hr_gram_basis){0};
}

/* The leading columns of as many rows, from rows of dim and back into them, zeros elsewhere. */
static void pack(const hr_gram_basis *basis)
{
    for (int64_t i = 0; i < basis->columns; i++)
        if (basis->sum)
            memmove(basis->sum + i * basis->columns, basis->sum + i * basis->dim,
                    (size_t)basis->columns * sizeof *basis->sum);
        else
            memmove(basis->vector + i * basis->columns, basis->vector + i * basis->dim,
                    (size_t)basis->columns * sizeof *basis->vector);
}

static void unpack(const hr_gram_basis *basis)
{
    const int64_t columns = basis->columns, dim = basis->dim;
    for (int64_t i = dim - 1; i >= 0; i--)
        for (int64_t c = dim - 1; c >= 0; c--)
            basis->vector[i * dim + c] = i < columns && c < columns ? basis->vector[i * columns + c] : 0.0F;
}

/* Replaces the sum by its eigenvectors, in floats. */
static hr_status find_reproducibly(hr_gram_basis *basis, hr_error *err)
{
    hr_status status = HR_OK;
    double *value = basis->chunk; /* no longer needed */
    HR_TRY(hr_symmetric_eigen(basis->columns, basis->sum, value, err));
    for (int64_t i = 0; i < basis->columns * basis->columns; i++)
        basis->vector[i] = (float)basis->sum[i];
    for (int64_t i = 0; i < basis->columns; i++)
        basis->value[i] = (float)value[i];
done:
    return status;
}

static hr_status find(hr_gram_basis *basis, hr_error *err)
{
    hr_status status = HR_OK;
    pack(basis);
    if (basis->summation == HR_SUM_REPRODUCIBLE)
        HR_TRY(find_reproducibly(basis, err));
    else
        HR_TRY(hr_symmetric_eigen_lapack(basis->columns, basis->vector, basis->value, err));
    unpack(basis);
done:
    return status;
}

/* Eigenvalues are those of a matrix with none below 0, but for rounding. */
static void scale_values(hr_gram_basis *basis, float factor)
{
    for (int64_t i = 0; i < basis->dim; i++)
        basis->value[i] = basis->value[i] < 0.0F ? 0.0F : factor * basis->value[i];
}

hr_status hr_gram_basis_find(hr_gram_basis *basis, const hr_comm *comm, const hr_gram_rows *rows,
                             float factor, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t floats = (int64_t)sizeof(float), dim = basis->dim;
    if (basis->summation == HR_SUM_PLAIN)
        HR_TRY(hr_gram_sum_floats(comm, rows, basis->pieces, basis->vector, err));
    else
        HR_TRY(hr_gram_sum(comm, rows, basis->chunk, basis->sum, err));
    if (comm->rank == 0) /* processors may round differently, and all ranks must have the same basis */
        status = find(basis, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_broadcast(comm, basis->vector, dim * dim * floats, 0, err));
    HR_TRY(hr_broadcast(comm, basis->value, dim * floats, 0, err));
    scale_values(basis, factor);
done:
    return status;
}

void hr_gram_basis_rotate(const hr_gram_basis *basis, const float *row, int64_t count, float *to)
{
    hr_dense_multiply(basis->summation, count, hr_all_columns(row, basis->dim), true, basis->vector, 0.0F, to,
                      basis->dim);
}
