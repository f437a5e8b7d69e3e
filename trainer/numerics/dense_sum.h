/* Gradients of dense weights summed over ranks, in buckets: the sum of one bucket starts as soon as this
 * rank's gradients are complete, and overlaps the backward pass of the next. */
#ifndef HR_TRAINER_NUMERICS_DENSE_SUM_H
#define HR_TRAINER_NUMERICS_DENSE_SUM_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/numerics/row_sums.h"

#include <stdint.h>

/* Most buckets in flight. */
enum { HR_DENSE_BUCKETS = 32 };

/* Zero-initialise, then set comm. */
typedef struct hr_dense_sum {
    const hr_comm *comm; /* the ranks that have a share; it must outlive this */
    int begun;           /* buckets in flight */
    MPI_Request request[HR_DENSE_BUCKETS];
} hr_dense_sum;

/* Begins the sum over ranks of `count` sums from number `at` on, in place: they must not be touched before
 * hr_dense_sum_end.
 * Collective; all ranks begin the same buckets in the same order. HR_COMM. */
hr_status hr_dense_sum_begin(hr_dense_sum *sum, const hr_row_sums *values, int64_t at, int64_t count,
                             hr_error *err);

/* Waits for all buckets. Collective. HR_COMM. */
hr_status hr_dense_sum_end(hr_dense_sum *sum, hr_error *err);

#endif
