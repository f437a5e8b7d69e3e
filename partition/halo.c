#include "partition/halo.h"

#include "io/memory.h"

#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>

/* What this rank and one other exchange. */
typedef struct neighbour {
    int rank;
    int64_t first_sent, sent;    /* rows of ours that are its ghosts: sent_row[first_sent …] */
    int64_t first_ghost, ghosts; /* rows of its that are our ghosts: one contiguous piece */
} neighbour;

struct hr_halo {
    const hr_comm *comm;
    int64_t owned;
    neighbour *neighbour; /* [neighbours] by rank, ascending */
    int neighbours;
    int32_t *sent_row; /* [sent] owned rows, by neighbour, in the order of its ghosts */
    int64_t sent;
    float *buffer; /* [sent x max_cols] rows on their way: packed for scatter, received by reduce */
    int64_t max_cols;
    MPI_Request *request; /* [2 x neighbours] */
    int64_t bytes;
};

enum { TAG_LISTS = 1, TAG_SCATTER = 2, TAG_REDUCE = 3 };

static hr_status check_lists(const hr_comm *comm, int64_t owned, int64_t ghosts, const int32_t *ghost_owner,
                             hr_error *err)
{
    if (owned + ghosts > INT32_MAX)
        return hr_fail(err, HR_MEMORY,
                       "%" PRId64 " rows on rank %d are more than 32 bits count; use more ranks",
                       owned + ghosts, comm->rank);
    for (int64_t g = 0; g < ghosts; g++)
        if (ghost_owner[g] < 0 || ghost_owner[g] >= comm->size ||
            (g > 0 && ghost_owner[g] < ghost_owner[g - 1]))
            return hr_fail(err, HR_INPUT,
                           "ghost %" PRId64 " on rank %d has owner %d, expected ranks 0 … %d ascending", g,
                           comm->rank, ghost_owner[g], comm->size - 1);
    return HR_OK;
}

/* Who has ghosts of whom: wanted[r] rows of rank r are ghosts here, sent[r] rows of ours are ghosts there. */
static hr_status count_exchange(const hr_comm *comm, int64_t ghosts, const int32_t *ghost_owner,
                                int64_t *wanted, int64_t *sent, hr_error *err)
{
    for (int64_t g = 0; g < ghosts; g++)
        wanted[ghost_owner[g]]++;
    return hr_mpi(MPI_Alltoall(wanted, 1, MPI_INT64_T, sent, 1, MPI_INT64_T, comm->mpi), "counting the halo",
                  err);
}

static hr_status list_neighbours(hr_halo *halo, const int64_t *wanted, const int64_t *sent, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t ghosts = 0;
    for (int r = 0; r < halo->comm->size; r++)
        halo->neighbours += wanted[r] > 0 || sent[r] > 0;
    HR_ALLOC(halo->neighbour, halo->neighbours);
    HR_ALLOC(halo->request, 2 * (int64_t)halo->neighbours);
    neighbour *next = halo->neighbour;
    for (int r = 0; r < halo->comm->size; r++) {
        if (wanted[r] == 0 && sent[r] == 0)
            continue;
        *next++ = (neighbour){r, halo->sent, sent[r], ghosts, wanted[r]};
        halo->sent += sent[r];
        ghosts += wanted[r];
    }
    HR_ALLOC(halo->sent_row, halo->sent);
done:
    return status;
}

/* Tells each owner which of its rows are ghosts here. */
static hr_status exchange_lists(hr_halo *halo, const int32_t *ghost_row, hr_error *err)
{
    const hr_comm *comm = halo->comm;
    int requests = 0;
    for (int i = 0; i < halo->neighbours; i++) {
        const neighbour *n = &halo->neighbour[i];
        MPI_Irecv(halo->sent_row + n->first_sent, (int)n->sent, MPI_INT32_T, n->rank, TAG_LISTS, comm->mpi,
                  &halo->request[requests++]);
        MPI_Isend(ghost_row + n->first_ghost, (int)n->ghosts, MPI_INT32_T, n->rank, TAG_LISTS, comm->mpi,
                  &halo->request[requests++]);
    }
    hr_status status =
        hr_mpi(MPI_Waitall(requests, halo->request, MPI_STATUSES_IGNORE), "exchanging halo lists", err);
    for (int64_t i = 0; status == HR_OK && i < halo->sent; i++)
        if (halo->sent_row[i] < 0 || halo->sent_row[i] >= halo->owned)
            status =
                hr_fail(err, HR_INPUT, "another rank has a ghost of row %d of rank %d, which owns %" PRId64,
                        halo->sent_row[i], comm->rank, halo->owned);
    return status;
}

/* Room for the rows on their way, and every message short enough for MPI's int counts. */
static hr_status reserve_buffer(hr_halo *halo, int64_t max_cols, hr_error *err)
{
    hr_status status = HR_OK;
    for (int i = 0; i < halo->neighbours; i++) {
        const neighbour *n = &halo->neighbour[i];
        const int64_t rows = n->sent > n->ghosts ? n->sent : n->ghosts;
        if (rows > INT_MAX / max_cols)
            return hr_fail(err, HR_MEMORY,
                           "ranks %d and %d exchange %" PRId64 " rows of %" PRId64
                           " floats, more than one MPI message counts; use more ranks",
                           halo->comm->rank, n->rank, rows, max_cols);
    }
    HR_ALLOC(halo->buffer, halo->sent * max_cols);
    halo->max_cols = max_cols;
done:
    return status;
}

static hr_status halo_new(hr_halo **out, const hr_comm *comm, int64_t owned, int64_t **counts, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(*out, 1);
    HR_ALLOC(*counts, 2 * (int64_t)comm->size);
    (*out)->comm = comm;
    (*out)->owned = owned;
done:
    return status;
}

hr_status hr_halo_create(hr_halo **out, const hr_comm *comm, int64_t owned, int64_t ghosts,
                         const int32_t *ghost_owner, const int32_t *ghost_row, int64_t max_cols,
                         hr_error *err)
{
    hr_halo *halo = NULL;
    int64_t *counts = NULL;
    *out = NULL;
    hr_status status = check_lists(comm, owned, ghosts, ghost_owner, err);
    if (status == HR_OK)
        status = halo_new(&halo, comm, owned, &counts, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(count_exchange(comm, ghosts, ghost_owner, counts, counts + comm->size, err));
    status = list_neighbours(halo, counts, counts + comm->size, err);
    if (status == HR_OK)
        status = reserve_buffer(halo, max_cols, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    status = exchange_lists(halo, ghost_row, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    *out = halo;
done:
    free(counts);
    if (status != HR_OK)
        hr_halo_destroy(halo);
    return status;
}

void hr_halo_destroy(hr_halo *halo)
{
    if (!halo)
        return;
    free(halo->buffer);
    free(halo->sent_row);
    free(halo->request);
    free(halo->neighbour);
    free(halo);
}

static hr_status check_cols(const hr_halo *halo, int64_t cols, hr_error *err)
{
    if (cols >= 1 && cols <= halo->max_cols)
        return HR_OK;
    return hr_fail(err, HR_USAGE, "%" PRId64 " columns through a halo made for 1 … %" PRId64, cols,
                   halo->max_cols);
}

static bool is_self(const hr_halo *halo, const neighbour *n)
{
    return n->rank == halo->comm->rank;
}

static void post_receive(hr_halo *halo, const neighbour *n, float *rows, int64_t count, int64_t cols, int tag,
                         int *requests)
{
    if (count > 0 && !is_self(halo, n))
        MPI_Irecv(rows, (int)(count * cols), MPI_FLOAT, n->rank, tag, halo->comm->mpi,
                  &halo->request[(*requests)++]);
}

static void post_send(hr_halo *halo, const neighbour *n, const float *rows, int64_t count, int64_t cols,
                      int tag, int *requests)
{
    if (count == 0 || is_self(halo, n))
        return;
    MPI_Isend(rows, (int)(count * cols), MPI_FLOAT, n->rank, tag, halo->comm->mpi,
              &halo->request[(*requests)++]);
    halo->bytes += count * cols * (int64_t)sizeof(float);
}

/* Gathers the rows that a neighbour wants, into `packed`. */
static void pack(const hr_halo *halo, const neighbour *n, const float *restrict x, int64_t cols,
                 float *restrict packed)
{
    const int32_t *row = halo->sent_row + n->first_sent;
#pragma omp parallel for schedule(static) if (n->sent * cols > 1 << 16)
    for (int64_t i = 0; i < n->sent; i++)
        memcpy(packed + i * cols, x + (int64_t)row[i] * cols, (size_t)cols * sizeof *x);
}

hr_status hr_halo_scatter(hr_halo *halo, float *x, int64_t cols, hr_error *err)
{
    hr_status status = check_cols(halo, cols, err);
    if (status != HR_OK)
        return status;
    int requests = 0;
    float *ghosts = x + halo->owned * cols;
    for (int i = 0; i < halo->neighbours; i++) {
        const neighbour *n = &halo->neighbour[i];
        post_receive(halo, n, ghosts + n->first_ghost * cols, n->ghosts, cols, TAG_SCATTER, &requests);
    }
    for (int i = 0; i < halo->neighbours; i++) {
        const neighbour *n = &halo->neighbour[i];
        float *packed =
            is_self(halo, n) ? ghosts + n->first_ghost * cols : halo->buffer + n->first_sent * cols;
        pack(halo, n, x, cols, packed);
        post_send(halo, n, packed, n->sent, cols, TAG_SCATTER, &requests);
    }
    return hr_mpi(MPI_Waitall(requests, halo->request, MPI_STATUSES_IGNORE), "the halo's scatter", err);
}

/* Adds a neighbour's rows into ours. A row occurs once in a neighbour's list, so rows go in parallel. */
static void unpack_add(const hr_halo *halo, const neighbour *n, const float *restrict arrived, int64_t cols,
                       float *restrict x)
{
    const int32_t *row = halo->sent_row + n->first_sent;
#pragma omp parallel for schedule(static) if (n->sent * cols > 1 << 16)
    for (int64_t i = 0; i < n->sent; i++) {
        float *sum = x + (int64_t)row[i] * cols;
        for (int64_t c = 0; c < cols; c++)
            sum[c] += arrived[i * cols + c];
    }
}

hr_status hr_halo_reduce(hr_halo *halo, float *x, int64_t cols, hr_error *err)
{
    hr_status status = check_cols(halo, cols, err);
    if (status != HR_OK)
        return status;
    int requests = 0;
    const float *ghosts = x + halo->owned * cols;
    for (int i = 0; i < halo->neighbours; i++) {
        const neighbour *n = &halo->neighbour[i];
        post_receive(halo, n, halo->buffer + n->first_sent * cols, n->sent, cols, TAG_REDUCE, &requests);
        post_send(halo, n, ghosts + n->first_ghost * cols, n->ghosts, cols, TAG_REDUCE, &requests);
    }
    status = hr_mpi(MPI_Waitall(requests, halo->request, MPI_STATUSES_IGNORE), "the halo's reduce", err);
    for (int i = 0; status == HR_OK && i < halo->neighbours; i++) {
        const neighbour *n = &halo->neighbour[i];
        const float *arrived =
            is_self(halo, n) ? ghosts + n->first_ghost * cols : halo->buffer + n->first_sent * cols;
        unpack_add(halo, n, arrived, cols, x);
    }
    return status;
}

int64_t hr_halo_rows_sent(const hr_halo *halo)
{
    int64_t rows = 0;
    for (int i = 0; i < halo->neighbours; i++)
        if (!is_self(halo, &halo->neighbour[i]))
            rows += halo->neighbour[i].sent;
    return rows;
}

int64_t hr_halo_bytes(const hr_halo *halo)
{
    return halo->bytes;
}
