/* The handful of MPI calls that more than one room needs, thin and 64-bit.
 *
 * All functions are collective on comm unless they say otherwise. They return HR_OK, or HR_COMM with a
 * message where MPI reports that another rank is gone. On one rank none of them calls MPI, which need not be
 * started then (launch.h). */
#ifndef HR_IO_COMM_COMM_H
#define HR_IO_COMM_COMM_H

#include "io/base/error.h"

#include <mpi.h>
#include <stdint.h>

/* A communicator, this process's rank in it and its size. Whoever fills it owns `mpi`, which may be
 * MPI_COMM_NULL where size is 1. */
typedef struct hr_comm {
    MPI_Comm mpi;
    int rank;
    int size;
} hr_comm;

/* Wraps a communicator: rank and size filled in. Local. */
hr_comm hr_comm_of(MPI_Comm mpi);

/* One rank, without MPI. Local. */
hr_comm hr_comm_alone(void);

/* Seconds of a monotonic clock. Local. */
double hr_seconds(void);

/* Converts an MPI return code to a status, with MPI's text in err. Local. */
hr_status hr_mpi(int code, const char *what, hr_error *err);

/* Ranks agree on what happened to any of them: each gives its own status, all return the status of the
 * lowest rank that failed (HR_OK if none did), and err holds that rank's message on all of them. Call it
 * before each collective that a failed rank would skip. `failed_rank`, if not NULL, receives the
 * rank whose message it is (0 where none failed). */
hr_status hr_agree(const hr_comm *comm, hr_status mine, int *failed_rank, hr_error *err);

/* Element-wise sum, maximum, union of bits over ranks, in place; count elements on every rank. */
hr_status hr_sum_f32(const hr_comm *comm, float *values, int64_t count, hr_error *err);
hr_status hr_sum_f64(const hr_comm *comm, double *values, int64_t count, hr_error *err);
hr_status hr_sum_i32(const hr_comm *comm, int32_t *values, int64_t count, hr_error *err);
hr_status hr_sum_i64(const hr_comm *comm, int64_t *values, int64_t count, hr_error *err);
hr_status hr_sum_u64(const hr_comm *comm, uint64_t *values, int64_t count, hr_error *err); /* mod 2^64 */
hr_status hr_max_f32(const hr_comm *comm, float *values, int64_t count, hr_error *err);
hr_status hr_max_f64(const hr_comm *comm, double *values, int64_t count, hr_error *err);
hr_status hr_max_i64(const hr_comm *comm, int64_t *values, int64_t count, hr_error *err);
hr_status hr_or_u64(const hr_comm *comm, uint64_t *values, int64_t count, hr_error *err);

/* Element-wise sum over the ranks before this one, in place; zeros on rank 0. */
hr_status hr_sum_before_i64(const hr_comm *comm, int64_t *values, int64_t count, hr_error *err);

/* Element-wise sum over ranks of rows of `width` floats, of which rank r receives rows first[r] … first[r +
 * 1] - 1, at the beginning of `values`; what follows them is undefined. `first` ([size + 1], from 0) is the
 * same on all ranks. HR_MEMORY where there are more values than an int counts. */
hr_status hr_sum_shares_f32(const hr_comm *comm, float *values, const int64_t *first, int64_t width,
                            hr_error *err);
hr_status hr_sum_shares_f64(const hr_comm *comm, double *values, const int64_t *first, int64_t width,
                            hr_error *err);

/* All-gather in place: `things` has first[size] elements of `bytes` bytes each, of which rank r has filled
 * first[r] … first[r + 1] - 1; every rank receives the others. `first` and errors as above. */
hr_status hr_gather_shares(const hr_comm *comm, void *things, const int64_t *first, int64_t bytes,
                           hr_error *err);

/* Copies `bytes` bytes from rank `root` to all. */
hr_status hr_broadcast(const hr_comm *comm, void *data, int64_t bytes, int root, hr_error *err);

#endif
