#include "io/comm/comm.h"

#include "io/base/memory.h"

#include <inttypes.h>
#include <limits.h>
#include <string.h>
#include <time.h>

/* MPI counts are ints: longer arrays go in pieces of this many elements. */
enum { PIECE = 1 << 28 };

hr_comm hr_comm_of(MPI_Comm mpi)
{
    hr_comm comm = {.mpi = mpi};
    MPI_Comm_rank(mpi, &comm.rank);
    MPI_Comm_size(mpi, &comm.size);
    return comm;
}

hr_comm hr_comm_alone(void)
{
    return (hr_comm){.mpi = MPI_COMM_NULL, .rank = 0, .size = 1};
}

double hr_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

hr_status hr_mpi(int code, const char *what, hr_error *err)
{
    if (code == MPI_SUCCESS)
        return HR_OK;
    char text[MPI_MAX_ERROR_STRING];
    int length = 0;
    MPI_Error_string(code, text, &length);
    return hr_fail(err, HR_COMM, "%s failed: %.*s", what, length, text);
}

hr_status hr_agree(const hr_comm *comm, hr_status mine, int *failed_rank, hr_error *err)
{
    int lowest = mine == HR_OK ? comm->size : comm->rank;
    if (failed_rank)
        *failed_rank = 0;
    if (comm->size == 1)
        return mine;
    hr_status status = hr_mpi(MPI_Allreduce(MPI_IN_PLACE, &lowest, 1, MPI_INT, MPI_MIN, comm->mpi),
                              "agreeing on a status", err);
    if (failed_rank)
        *failed_rank = status == HR_OK && lowest < comm->size ? lowest : 0;
    if (status != HR_OK || lowest == comm->size)
        return status;
    int agreed = (int)mine;
    status = hr_broadcast(comm, &agreed, sizeof agreed, lowest, err);
    if (status == HR_OK)
        status = hr_broadcast(comm, err, sizeof *err, lowest, err);
    return status == HR_OK ? (hr_status)agreed : status;
}

static hr_status all_reduce(const hr_comm *comm, void *values, int64_t count, MPI_Datatype type, MPI_Op op,
                            hr_error *err)
{
    MPI_Aint lower = 0, size = 0;
    if (comm->size == 1)
        return HR_OK;
    MPI_Type_get_extent(type, &lower, &size);
    for (int64_t first = 0; first < count; first += PIECE) {
        const int piece = (int)(count - first < PIECE ? count - first : PIECE);
        hr_status status =
            hr_mpi(MPI_Allreduce(MPI_IN_PLACE, (char *)values + first * size, piece, type, op, comm->mpi),
                   "reducing over all ranks", err);
        if (status != HR_OK)
            return status;
    }
    return HR_OK;
}

hr_status hr_sum_f32(const hr_comm *comm, float *values, int64_t count, hr_error *err)
{
    return all_reduce(comm, values, count, MPI_FLOAT, MPI_SUM, err);
}

hr_status hr_sum_f64(const hr_comm *comm, double *values, int64_t count, hr_error *err)
{
    return all_reduce(comm, values, count, MPI_DOUBLE, MPI_SUM, err);
}

hr_status hr_sum_i32(const hr_comm *comm, int32_t *values, int64_t count, hr_error *err)
{
    return all_reduce(comm, values, count, MPI_INT32_T, MPI_SUM, err);
}

hr_status hr_sum_i64(const hr_comm *comm, int64_t *values, int64_t count, hr_error *err)
{
    return all_reduce(comm, values, count, MPI_INT64_T, MPI_SUM, err);
}

hr_status hr_sum_u64(const hr_comm *comm, uint64_t *values, int64_t count, hr_error *err)
{
    return all_reduce(comm, values, count, MPI_UINT64_T, MPI_SUM, err);
}

hr_status hr_or_u64(const hr_comm *comm, uint64_t *values, int64_t count, hr_error *err)
{
    return all_reduce(comm, values, count, MPI_UINT64_T, MPI_BOR, err);
}

hr_status hr_max_f32(const hr_comm *comm, float *values, int64_t count, hr_error *err)
{
    return all_reduce(comm, values, count, MPI_FLOAT, MPI_MAX, err);
}

hr_status hr_max_f64(const hr_comm *comm, double *values, int64_t count, hr_error *err)
{
    return all_reduce(comm, values, count, MPI_DOUBLE, MPI_MAX, err);
}

hr_status hr_max_i64(const hr_comm *comm, int64_t *values, int64_t count, hr_error *err)
{
    return all_reduce(comm, values, count, MPI_INT64_T, MPI_MAX, err);
}

hr_status hr_sum_before_i64(const hr_comm *comm, int64_t *values, int64_t count, hr_error *err)
{
    hr_status status = HR_OK;
    for (int64_t first = 0; first < count && comm->size > 1 && status == HR_OK; first += PIECE) {
        const int piece = (int)(count - first < PIECE ? count - first : PIECE);
        status = hr_mpi(MPI_Exscan(MPI_IN_PLACE, values + first, piece, MPI_INT64_T, MPI_SUM, comm->mpi),
                        "summing over the ranks before", err);
    }
    if (comm->rank == 0) /* MPI leaves what was there */
        memset(values, 0, (size_t)count * sizeof *values);
    return status;
}

/* Shares of things of `width` elements each as MPI wants them: length [2 x size] receives lengths, then
 * offsets. It lies on the caller's stack, some bytes a rank: an allocation that failed on one rank in the
 * middle of a step would leave the others waiting. HR_MEMORY where an int does not count the elements, the
 * same on all ranks. */
static hr_status list_shares(const hr_comm *comm, const int64_t *first, int64_t width, int *length,
                             hr_error *err)
{
    const int64_t count = first[comm->size];
    if (count > INT_MAX / width)
        return hr_fail(err, HR_MEMORY, "%" PRId64 " x %" PRId64 " elements are more than MPI counts", count,
                       width);
    for (int rank = 0; rank < comm->size; rank++) {
        length[rank] = (int)((first[rank + 1] - first[rank]) * width);
        length[comm->size + rank] = (int)(first[rank] * width);
    }
    return HR_OK;
}

static hr_status sum_shares(const hr_comm *comm, void *values, const int64_t *first, int64_t width,
                            MPI_Datatype type, hr_error *err)
{
    int length[2 * comm->size];
    if (comm->size == 1)
        return HR_OK;
    const hr_status status = list_shares(comm, first, width, length, err);
    return status != HR_OK
               ? status
               : hr_mpi(MPI_Reduce_scatter(MPI_IN_PLACE, values, length, type, MPI_SUM, comm->mpi),
                        "summing shares", err);
}

hr_status hr_sum_shares_f32(const hr_comm *comm, float *values, const int64_t *first, int64_t width,
                            hr_error *err)
{
    return sum_shares(comm, values, first, width, MPI_FLOAT, err);
}

hr_status hr_sum_shares_f64(const hr_comm *comm, double *values, const int64_t *first, int64_t width,
                            hr_error *err)
{
    return sum_shares(comm, values, first, width, MPI_DOUBLE, err);
}

hr_status hr_gather_shares(const hr_comm *comm, void *things, const int64_t *first, int64_t bytes,
                           hr_error *err)
{
    int length[2 * comm->size];
    if (comm->size == 1)
        return HR_OK;
    const hr_status status = list_shares(comm, first, bytes, length, err);
    return status != HR_OK ? status
                           : hr_mpi(MPI_Allgatherv(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, things, length,
                                                   length + comm->size, MPI_BYTE, comm->mpi),
                                    "gathering shares", err);
}

hr_status hr_broadcast(const hr_comm *comm, void *data, int64_t bytes, int root, hr_error *err)
{
    for (int64_t first = 0; first < bytes && comm->size > 1; first += PIECE) {
        const int piece = (int)(bytes - first < PIECE ? bytes - first : PIECE);
        hr_status status = hr_mpi(MPI_Bcast((char *)data + first, piece, MPI_BYTE, root, comm->mpi),
                                  "broadcasting to all ranks", err);
        if (status != HR_OK)
            return status;
    }
    return HR_OK;
}
