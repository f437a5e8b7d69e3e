#include "trainer/numerics/dense_sum.h"

#include <limits.h>

hr_status hr_dense_sum_begin(hr_dense_sum *sum, const hr_row_sums *values, int64_t at, int64_t count,
                             hr_error *err)
{
    hr_row_sums part = hr_row_sums_from(values, at, values->unit);
    if (count == 0 || sum->comm->size == 1)
        return HR_OK;
    if (sum->begun == HR_DENSE_BUCKETS || count > INT_MAX) /* the rare case waits */
        return hr_row_sums_all(&part, sum->comm, count, err);
    return hr_mpi(MPI_Iallreduce(MPI_IN_PLACE, part.doubles ? (void *)part.doubles : part.floats, (int)count,
                                 part.doubles ? MPI_DOUBLE : MPI_FLOAT, MPI_SUM, sum->comm->mpi,
                                 &sum->request[sum->begun++]),
                  "MPI_Iallreduce", err);
}

hr_status hr_dense_sum_end(hr_dense_sum *sum, hr_error *err)
{
    const int begun = sum->begun;
    sum->begun = 0;
    return hr_mpi(MPI_Waitall(begun, sum->request, MPI_STATUSES_IGNORE), "MPI_Waitall", err);
}
