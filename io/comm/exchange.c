#include "io/comm/exchange.h"

#include <string.h>

enum { TAG_EXCHANGE = 12, PIECE = 1 << 30 }; /* bytes of a message, which MPI counts by an int */

hr_status hr_exchange_offsets(const hr_comm *comm, const int64_t *sent, int64_t *received, hr_error *err)
{
    int64_t length[comm->size];
    for (int rank = 0; rank < comm->size; rank++)
        length[rank] = sent[rank + 1] - sent[rank];
    received[0] = 0;
    received[1] = sent[1] - sent[0];
    if (comm->size == 1)
        return HR_OK;
    const hr_status status =
        hr_mpi(MPI_Alltoall(length, 1, MPI_INT64_T, received + 1, 1, MPI_INT64_T, comm->mpi),
               "exchanging lengths of lists", err);
    for (int rank = 0; rank < comm->size; rank++)
        received[rank + 1] += received[rank];
    return status;
}

/* The length of the piece of `bytes` bytes that begins at `first`: none after the end. */
static int piece_of(int64_t bytes, int64_t first)
{
    const int64_t left = bytes - first;
    return left <= 0 ? 0 : (int)(left < PIECE ? left : PIECE);
}

/* Sends a list to one rank and receives one from another, in pieces. */
static hr_status exchange_pair(const hr_comm *comm, const char *from, int64_t sent, int to_rank, char *to,
                               int64_t received, int from_rank, hr_error *err)
{
    hr_status status = HR_OK;
    for (int64_t first = 0; (first < sent || first < received) && status == HR_OK; first += PIECE) {
        const int out = piece_of(sent, first), in = piece_of(received, first);
        status =
            hr_mpi(MPI_Sendrecv(from + (out ? first : 0), out, MPI_BYTE, out ? to_rank : MPI_PROC_NULL,
                                TAG_EXCHANGE, to + (in ? first : 0), in, MPI_BYTE,
                                in ? from_rank : MPI_PROC_NULL, TAG_EXCHANGE, comm->mpi, MPI_STATUS_IGNORE),
                   "exchanging lists", err);
    }
    return status;
}

hr_status hr_exchange(const hr_comm *comm, const void *from, const int64_t *sent, void *to,
                      const int64_t *received, int64_t bytes, hr_error *err)
{
    hr_status status = HR_OK;
    const int mine = comm->rank, size = comm->size;
    if (sent[mine + 1] > sent[mine]) /* lists may be NULL where they are empty */
        memcpy((char *)to + received[mine] * bytes, (const char *)from + sent[mine] * bytes,
               (size_t)((sent[mine + 1] - sent[mine]) * bytes));
    for (int shift = 1; shift < size && status == HR_OK; shift++) {
        const int next = (mine + shift) % size, previous = (mine - shift + size) % size;
        status = exchange_pair(comm, (const char *)from + sent[next] * bytes,
                               (sent[next + 1] - sent[next]) * bytes, next,
                               (char *)to + received[previous] * bytes,
                               (received[previous + 1] - received[previous]) * bytes, previous, err);
    }
    return status;
}
