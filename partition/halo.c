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
    int64_t sent, ghosts;
    hr_halo_channel *rows; /* what hr_halo_scatter and hr_halo_reduce travel by */
    int channels;          /* made so far: each has tags of its own */
    int64_t bytes;
};

struct hr_halo_channel {
    hr_halo *halo;
    int64_t max_cols;
    int tag;
    float *sent;          /* [sent x max_cols] the owners' side: by neighbour, in the order of its ghosts */
    float *ghost;         /* [ghosts x max_cols] the ghosts' side */
    MPI_Request *request; /* [2 x neighbours] */
    int requests;
};

enum { TAG_LISTS = 1, FIRST_CHANNEL_TAG = 2 };

static bool is_self(const hr_halo *halo, const neighbour *n)
{
    return n->rank == halo->comm->rank;
}

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
    for (int r = 0; r < halo->comm->size; r++)
        halo->neighbours += wanted[r] > 0 || sent[r] > 0;
    HR_ALLOC(halo->neighbour, halo->neighbours);
    neighbour *next = halo->neighbour;
    for (int r = 0; r < halo->comm->size; r++) {
        if (wanted[r] == 0 && sent[r] == 0)
            continue;
        *next++ = (neighbour){r, halo->sent, sent[r], halo->ghosts, wanted[r]};
        halo->sent += sent[r];
        halo->ghosts += wanted[r];
    }
    HR_ALLOC(halo->sent_row, halo->sent);
done:
    return status;
}

/* Tells each owner which of its rows are ghosts here, by the requests of a channel that is not in use yet. */
static hr_status exchange_lists(hr_halo *halo, const int32_t *ghost_row, hr_error *err)
{
    const hr_comm *comm = halo->comm;
    MPI_Request *request = halo->rows->request;
    int requests = 0;
    for (int i = 0; i < halo->neighbours; i++) {
        const neighbour *n = &halo->neighbour[i];
        MPI_Irecv(halo->sent_row + n->first_sent, (int)n->sent, MPI_INT32_T, n->rank, TAG_LISTS, comm->mpi,
                  &request[requests++]);
        MPI_Isend(ghost_row + n->first_ghost, (int)n->ghosts, MPI_INT32_T, n->rank, TAG_LISTS, comm->mpi,
                  &request[requests++]);
    }
    hr_status status =
        hr_mpi(MPI_Waitall(requests, request, MPI_STATUSES_IGNORE), "exchanging halo lists", err);
    for (int64_t i = 0; status == HR_OK && i < halo->sent; i++)
        if (halo->sent_row[i] < 0 || halo->sent_row[i] >= halo->owned)
            status =
                hr_fail(err, HR_INPUT, "another rank has a ghost of row %d of rank %d, which owns %" PRId64,
                        halo->sent_row[i], comm->rank, halo->owned);
    return status;
}

/* Every message must be short enough for MPI's int counts. */
static hr_status check_lengths(const hr_halo *halo, int64_t max_cols, hr_error *err)
{
    for (int i = 0; i < halo->neighbours; i++) {
        const neighbour *n = &halo->neighbour[i];
        const int64_t rows = n->sent > n->ghosts ? n->sent : n->ghosts;
        if (rows > INT_MAX / max_cols)
            return hr_fail(err, HR_MEMORY,
                           "ranks %d and %d exchange %" PRId64 " rows of %" PRId64
                           " floats, more than one MPI message counts; use more ranks",
                           halo->comm->rank, n->rank, rows, max_cols);
    }
    return HR_OK;
}

hr_status hr_halo_channel_create(hr_halo_channel **out, hr_halo *halo, int64_t max_cols, hr_error *err)
{
    hr_status status = HR_OK;
    hr_halo_channel *channel = NULL;
    const int tag = FIRST_CHANNEL_TAG + 2 * halo->channels++;
    *out = NULL;
    HR_TRY(check_lengths(halo, max_cols, err));
    HR_ALLOC(channel, 1);
    channel->halo = halo;
    channel->max_cols = max_cols;
    channel->tag = tag;
    HR_ALLOC(channel->sent, halo->sent * max_cols);
    HR_ALLOC(channel->ghost, halo->ghosts * max_cols);
    HR_ALLOC(channel->request, 2 * (int64_t)halo->neighbours);
    *out = channel;
done:
    if (status != HR_OK)
        hr_halo_channel_destroy(channel);
    return status;
}

void hr_halo_channel_destroy(hr_halo_channel *channel)
{
    if (!channel)
        return;
    free(channel->request);
    free(channel->ghost);
    free(channel->sent);
    free(channel);
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
        status = hr_halo_channel_create(&halo->rows, halo, max_cols, err);
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
    hr_halo_channel_destroy(halo->rows);
    free(halo->sent_row);
    free(halo->neighbour);
    free(halo);
}

static hr_status check_cols(const hr_halo_channel *channel, int64_t cols, hr_error *err)
{
    if (cols >= 1 && cols <= channel->max_cols)
        return HR_OK;
    return hr_fail(err, HR_USAGE, "%" PRId64 " columns through a halo made for 1 … %" PRId64, cols,
                   channel->max_cols);
}

/* One direction of an exchange, as this rank sees it: rows leave from one side and arrive on the other. */
typedef struct direction {
    float *from, *to;
    int tag;
    bool scatter;
} direction;

static void post_receive(hr_halo_channel *channel, const neighbour *n, const direction *d, int64_t cols)
{
    const int64_t first = d->scatter ? n->first_ghost : n->first_sent;
    const int64_t count = d->scatter ? n->ghosts : n->sent;
    if (count > 0)
        MPI_Irecv(d->to + first * cols, (int)(count * cols), MPI_FLOAT, n->rank, d->tag,
                  channel->halo->comm->mpi, &channel->request[channel->requests++]);
}

static void post_send(hr_halo_channel *channel, const neighbour *n, const direction *d, int64_t cols)
{
    const int64_t first = d->scatter ? n->first_sent : n->first_ghost;
    const int64_t count = d->scatter ? n->sent : n->ghosts;
    if (count == 0)
        return;
    MPI_Isend(d->from + first * cols, (int)(count * cols), MPI_FLOAT, n->rank, d->tag,
              channel->halo->comm->mpi, &channel->request[channel->requests++]);
    channel->halo->bytes += count * cols * (int64_t)sizeof(float);
}

static void copy_own(const neighbour *n, const direction *d, int64_t cols)
{
    const int64_t from = d->scatter ? n->first_sent : n->first_ghost;
    const int64_t to = d->scatter ? n->first_ghost : n->first_sent;
    memcpy(d->to + to * cols, d->from + from * cols, (size_t)(n->sent * cols) * sizeof(float));
}

static void start(hr_halo_channel *channel, const direction *d, int64_t cols)
{
    const hr_halo *halo = channel->halo;
    for (int i = 0; i < halo->neighbours; i++)
        if (!is_self(halo, &halo->neighbour[i]))
            post_receive(channel, &halo->neighbour[i], d, cols);
    for (int i = 0; i < halo->neighbours; i++)
        if (is_self(halo, &halo->neighbour[i]))
            copy_own(&halo->neighbour[i], d, cols);
        else
            post_send(channel, &halo->neighbour[i], d, cols);
}

void hr_halo_start_scatter(hr_halo_channel *channel, int64_t cols)
{
    const direction d = {channel->sent, channel->ghost, channel->tag, true};
    start(channel, &d, cols);
}

void hr_halo_start_reduce(hr_halo_channel *channel, int64_t cols)
{
    const direction d = {channel->ghost, channel->sent, channel->tag + 1, false};
    start(channel, &d, cols);
}

hr_status hr_halo_finish(hr_halo_channel *channel, hr_error *err)
{
    const int code = MPI_Waitall(channel->requests, channel->request, MPI_STATUSES_IGNORE);
    channel->requests = 0;
    return hr_mpi(code, "the halo exchange", err);
}

/* Below this many floats a loop is over before threads have begun. */
enum { WORTH_THREADS = 1 << 16 };

hr_status hr_halo_scatter(hr_halo *halo, float *x, int64_t cols, hr_error *err)
{
    hr_halo_channel *channel = halo->rows;
    hr_status status = check_cols(channel, cols, err);
    if (status != HR_OK)
        return status;
#pragma omp parallel for schedule(static) if (halo->sent * cols > WORTH_THREADS)
    for (int64_t i = 0; i < halo->sent; i++)
        memcpy(channel->sent + i * cols, x + (int64_t)halo->sent_row[i] * cols, (size_t)cols * sizeof *x);
    hr_halo_start_scatter(channel, cols);
    status = hr_halo_finish(channel, err);
    if (halo->ghosts > 0)
        memcpy(x + halo->owned * cols, channel->ghost, (size_t)(halo->ghosts * cols) * sizeof *x);
    return status;
}

/* Adds a neighbour's rows into ours. A row occurs once in a neighbour's list, so rows go in parallel. */
static void add_arrived(const hr_halo_channel *channel, const neighbour *n, int64_t cols, float *restrict x)
{
    const int32_t *row = channel->halo->sent_row + n->first_sent;
    const float *restrict arrived = channel->sent + n->first_sent * cols;
#pragma omp parallel for schedule(static) if (n->sent * cols > WORTH_THREADS)
    for (int64_t i = 0; i < n->sent; i++) {
        float *sum = x + (int64_t)row[i] * cols;
        for (int64_t c = 0; c < cols; c++)
            sum[c] += arrived[i * cols + c];
    }
}

hr_status hr_halo_reduce(hr_halo *halo, float *x, int64_t cols, hr_error *err)
{
    hr_halo_channel *channel = halo->rows;
    hr_status status = check_cols(channel, cols, err);
    if (status != HR_OK)
        return status;
    if (halo->ghosts > 0)
        memcpy(channel->ghost, x + halo->owned * cols, (size_t)(halo->ghosts * cols) * sizeof *x);
    hr_halo_start_reduce(channel, cols);
    status = hr_halo_finish(channel, err);
    for (int i = 0; status == HR_OK && i < halo->neighbours; i++)
        add_arrived(channel, &halo->neighbour[i], cols, x);
    return status;
}

int64_t hr_halo_sent(const hr_halo *halo, const int32_t **row)
{
    *row = halo->sent_row;
    return halo->sent;
}

float *hr_halo_channel_sent(hr_halo_channel *channel)
{
    return channel->sent;
}

float *hr_halo_channel_ghosts(hr_halo_channel *channel)
{
    return channel->ghost;
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
