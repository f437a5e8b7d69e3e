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

/* Bytes of a list, from `first` on: `base` may be NULL where there are none, and NULL has no offsets. */
typedef struct span {
    char *base;
    int64_t first, length;
} span;

static span span_of(const void *base, const int64_t *offsets, int rank, int64_t bytes)
{
    return (span){(char *)(uintptr_t)base, offsets[rank] * bytes,
                  (offsets[rank + 1] - offsets[rank]) * bytes};
}

/* The bytes of the piece that begins after `done` bytes: none after the end. */
static int piece_of(const span *list, int64_t done)
{
    const int64_t left = list->length - done;
    return left <= 0 ? 0 : (int)(left < PIECE ? left : PIECE);
}

static char *start_of(const span *list, int64_t done)
{
    return done < list->length ? list->base + list->first + done : NULL;
}

/* Sends a list to one rank and receives one from another, in pieces. */
static hr_status exchange_pair(const hr_comm *comm, const span *sent, int to_rank, const span *received,
                               int from_rank, hr_error *err)
{
    hr_status status = HR_OK;
    for (int64_t done = 0; (done < sent->length || done < received->length) && status == HR_OK;
         done += PIECE) {
        const int out = piece_of(sent, done), in = piece_of(received, done);
        status =
            hr_mpi(MPI_Sendrecv(start_of(sent, done), out, MPI_BYTE, out ? to_rank : MPI_PROC_NULL,
                                TAG_EXCHANGE, start_of(received, done), in, MPI_BYTE,
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
    const span own = span_of(from, sent, mine, bytes), place = span_of(to, received, mine, bytes);
    if (own.length > 0)
        memcpy(start_of(&place, 0), start_of(&own, 0), (size_t)own.length);
    for (int shift = 1; shift < size && status == HR_OK; shift++) {
        const int next = (mine + shift) % size, previous = (mine - shift + size) % size;
        const span out = span_of(from, sent, next, bytes), in = span_of(to, received, previous, bytes);
        status = exchange_pair(comm, &out, next, &in, previous, err);
    }
    return status;
}
