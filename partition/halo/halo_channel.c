#include "partition/halo/halo_channel.h"

#include "io/base/memory.h"

#include <assert.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>

enum { SENT, GHOSTS, SIDES };

/* One side: its rows as floats and in the wire's format, which are the same memory for HR_WIRE_F32; and
 * persistent requests of the exchanges that start from it, made once for a number of columns. */
typedef struct side {
    int64_t rows;
    float *value;
    char *wire;
    int64_t cols;          /* of the requests; 0: there are none */
    MPI_Request *exchange; /* [2 x neighbours] receives to the other side, sends from this one */
    int requests;
    MPI_Request *read; /* [neighbours] receives of signals: a neighbour of this host has read its rows */
    int reads;
    int64_t bytes; /* of rows, in one exchange */
} side;

struct hr_halo_channel {
    const hr_halo_lists *lists;
    const hr_host_memory *memory;
    hr_wire wire;
    int64_t max_cols;
    int64_t first_byte; /* bytes of each row of the shared memory that channels before this one use */
    int first_tag;
    side side[SIDES];
    int from;     /* the side from which the exchange under way sends */
    int64_t cols; /* of that exchange */
    int64_t bytes;
};

/* Tags of a channel: rows from either side, and the signals that they have been read. */
enum { TAG_ROWS, TAG_READ = TAG_ROWS + SIDES, CHANNEL_TAGS = TAG_READ + SIDES, FIRST_CHANNEL_TAG = 16 };

static int64_t element_bytes(hr_wire wire)
{
    return wire == HR_WIRE_BF16 ? (int64_t)sizeof(uint16_t) : (int64_t)sizeof(float);
}

static hr_status check_lengths(const hr_halo_lists *lists, int64_t max_cols, hr_error *err)
{
    for (int i = 0; i < lists->neighbours; i++) {
        const hr_neighbour *n = &lists->neighbour[i];
        const int64_t rows = n->sent > n->ghosts ? n->sent : n->ghosts;
        if (rows > INT_MAX / (int64_t)sizeof(float) / max_cols)
            return hr_fail(err, HR_MEMORY,
                           "ranks %d and %d exchange %" PRId64 " rows of %" PRId64
                           " floats, more than one MPI message counts; use more ranks",
                           lists->comm->rank, n->rank, rows, max_cols);
    }
    return HR_OK;
}

/* The piece of rank `rank` of this host, or NULL. */
static char *shared_piece(const hr_halo_channel *channel, int rank)
{
    return channel->memory ? channel->memory->of[rank] : NULL;
}

/* Where a side begins in a rank's piece: the sent side is first. */
static int64_t side_offset(const hr_halo_channel *channel, int which, int64_t sent, int64_t ghosts)
{
    const int64_t before = which == SENT ? 0 : sent;
    return channel->first_byte * (sent + ghosts) + before * channel->max_cols * element_bytes(channel->wire);
}

static hr_status make_side(hr_halo_channel *channel, int which, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_halo_lists *lists = channel->lists;
    side *s = &channel->side[which];
    char *piece = shared_piece(channel, lists->comm->rank);
    s->rows = which == SENT ? lists->sent : lists->ghosts;
    if (piece)
        s->wire = piece + side_offset(channel, which, lists->sent, lists->ghosts);
    else
        HR_ALLOC(s->wire, s->rows * channel->max_cols * element_bytes(channel->wire));
    if (channel->wire == HR_WIRE_F32)
        s->value = (float *)(void *)s->wire;
    else
        HR_ALLOC(s->value, s->rows * channel->max_cols);
    HR_ALLOC(s->exchange, 2 * (int64_t)lists->neighbours);
    HR_ALLOC(s->read, lists->neighbours);
done:
    return status;
}

hr_status hr_halo_channel_create(hr_halo_channel **out, hr_halo_room *room, hr_wire wire, int64_t max_cols,
                                 hr_error *err)
{
    hr_status status = HR_OK;
    hr_halo_channel *channel = NULL;
    const hr_halo_lists *lists = room->lists;
    *out = NULL;
    assert(hr_halo_lists_is_valid(lists));
    HR_TRY(check_lengths(lists, max_cols, err));
    HR_ALLOC(channel, 1);
    channel->lists = lists;
    channel->memory = room->memory;
    channel->wire = wire;
    channel->max_cols = max_cols;
    channel->first_byte = room->row_bytes_used;
    channel->first_tag = FIRST_CHANNEL_TAG + CHANNEL_TAGS * room->channels++;
    room->row_bytes_used += max_cols * (int64_t)sizeof(float); /* whole floats: all begin aligned */
    if (room->row_bytes_used > room->row_bytes)
        HR_TRY(hr_fail(err, HR_MEMORY, "channels of %" PRId64 " bytes a row in a halo made for %" PRId64,
                       room->row_bytes_used, room->row_bytes));
    for (int which = 0; which < SIDES; which++)
        HR_TRY(make_side(channel, which, err));
    *out = channel;
done:
    if (status != HR_OK)
        hr_halo_channel_destroy(channel);
    return status;
}

/* Waits until the neighbours have read a side. An error here is not lost: MPI returns it again from the wait
 * for the next rows. */
static void settle(side *s)
{
    MPI_Waitall(s->reads, s->read, MPI_STATUSES_IGNORE);
}

static void drop_requests(side *s)
{
    for (int i = 0; i < s->requests; i++)
        MPI_Request_free(&s->exchange[i]);
    for (int i = 0; i < s->reads; i++)
        MPI_Request_free(&s->read[i]);
    s->requests = s->reads = 0;
    s->cols = s->bytes = 0;
}

void hr_halo_channel_destroy(hr_halo_channel *channel)
{
    if (!channel)
        return;
    for (int which = 0; which < SIDES; which++) {
        side *s = &channel->side[which];
        settle(s);
        drop_requests(s);
        if (channel->wire != HR_WIRE_F32)
            free(s->value);
        if (!shared_piece(channel, channel->lists->comm->rank))
            free(s->wire);
        free(s->exchange);
        free(s->read);
    }
    free(channel);
}

static float *writable(side *s)
{
    settle(s);
    return s->value;
}

float *hr_halo_channel_sent(hr_halo_channel *channel)
{
    return writable(&channel->side[SENT]);
}

float *hr_halo_channel_ghosts(hr_halo_channel *channel)
{
    return writable(&channel->side[GHOSTS]);
}

static uint32_t float_bits(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* Rounds to the nearest bfloat16, ties to even. */
static void narrow(const float *restrict value, uint16_t *restrict wire, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        const uint32_t bits = float_bits(value[i]);
        wire[i] = (uint16_t)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
    }
}

static void widen(const uint16_t *restrict wire, float *restrict value, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        const uint32_t bits = (uint32_t)wire[i] << 16;
        memcpy(&value[i], &bits, sizeof bits);
    }
}

/* A neighbour's rows on a side. */
static int64_t first_on(const hr_neighbour *n, int which)
{
    return which == SENT ? n->first_sent : n->first_ghost;
}

static int64_t count_on(const hr_neighbour *n, int which)
{
    return which == SENT ? n->sent : n->ghosts;
}

static bool is_self(const hr_halo_channel *channel, const hr_neighbour *n)
{
    return n->rank == channel->lists->comm->rank;
}

/* Makes the receive of rows from side `which` of neighbour n to the other side here. */
static void add_receive(hr_halo_channel *channel, int which, const hr_neighbour *n)
{
    const side *to = &channel->side[1 - which];
    side *from = &channel->side[which];
    const int64_t row_bytes = from->cols * element_bytes(channel->wire), rows = count_on(n, 1 - which);
    if (rows > 0)
        MPI_Recv_init(to->wire + first_on(n, 1 - which) * row_bytes,
                      shared_piece(channel, n->rank) ? 0 : (int)(rows * row_bytes), MPI_BYTE, n->rank,
                      channel->first_tag + TAG_ROWS + which, channel->lists->comm->mpi,
                      &from->exchange[from->requests++]);
}

/* Makes the send of rows from side `which` here to the other side of neighbour n. */
static void add_send(hr_halo_channel *channel, int which, const hr_neighbour *n)
{
    const MPI_Comm comm = channel->lists->comm->mpi;
    side *from = &channel->side[which];
    const int64_t row_bytes = from->cols * element_bytes(channel->wire), rows = count_on(n, which);
    const bool shared = shared_piece(channel, n->rank);
    if (rows == 0)
        return;
    if (shared)
        MPI_Recv_init(NULL, 0, MPI_BYTE, n->rank, channel->first_tag + TAG_READ + which, comm,
                      &from->read[from->reads++]);
    MPI_Send_init(from->wire + first_on(n, which) * row_bytes, shared ? 0 : (int)(rows * row_bytes), MPI_BYTE,
                  n->rank, channel->first_tag + TAG_ROWS + which, comm, &from->exchange[from->requests++]);
    from->bytes += rows * row_bytes;
}

/* Makes the requests of exchanges of `cols` columns from side `which`. Receives are first, so that they are
 * posted before rows arrive. */
static void make_requests(hr_halo_channel *channel, int which, int64_t cols)
{
    const hr_halo_lists *lists = channel->lists;
    side *from = &channel->side[which];
    drop_requests(from);
    from->cols = cols;
    for (int i = 0; i < lists->neighbours; i++)
        if (!is_self(channel, &lists->neighbour[i]))
            add_receive(channel, which, &lists->neighbour[i]);
    for (int i = 0; i < lists->neighbours; i++)
        if (!is_self(channel, &lists->neighbour[i]))
            add_send(channel, which, &lists->neighbour[i]);
}

static void start(hr_halo_channel *channel, int which, int64_t cols)
{
    side *from = &channel->side[which];
    channel->from = which;
    channel->cols = cols;
    if (from->cols != cols)
        make_requests(channel, which, cols);
    if (channel->wire == HR_WIRE_BF16)
        narrow(from->value, (uint16_t *)(void *)from->wire, from->rows * cols);
    if (channel->memory)
        hr_host_memory_sync(channel->memory);
    MPI_Startall(from->reads, from->read);
    MPI_Startall(from->requests, from->exchange);
    channel->bytes += from->bytes;
}

void hr_halo_start_scatter(hr_halo_channel *channel, int64_t cols)
{
    start(channel, SENT, cols);
}

void hr_halo_start_reduce(hr_halo_channel *channel, int64_t cols)
{
    start(channel, GHOSTS, cols);
}

/* Where a neighbour's rows are: on its own side, if its memory is shared, else where they were received. */
static const char *wire_of(const hr_halo_channel *channel, const hr_neighbour *n)
{
    const int64_t row_bytes = channel->cols * element_bytes(channel->wire);
    const int64_t first = channel->from == SENT ? n->their_first_sent : n->their_first_ghost;
    if (is_self(channel, n))
        return channel->side[channel->from].wire + first_on(n, channel->from) * row_bytes;
    const char *piece = shared_piece(channel, n->rank);
    if (piece)
        return piece + side_offset(channel, channel->from, n->their_sent, n->their_ghosts) +
               first * row_bytes;
    return channel->side[1 - channel->from].wire + first_on(n, 1 - channel->from) * row_bytes;
}

hr_status hr_halo_finish(hr_halo_channel *channel, hr_error *err)
{
    const hr_halo_lists *lists = channel->lists;
    const side *from = &channel->side[channel->from];
    const int to = 1 - channel->from;
    const int code = MPI_Waitall(from->requests, from->exchange, MPI_STATUSES_IGNORE);
    if (channel->memory)
        hr_host_memory_sync(channel->memory);
    for (int i = 0; code == MPI_SUCCESS && channel->wire == HR_WIRE_BF16 && i < lists->neighbours; i++) {
        const hr_neighbour *n = &lists->neighbour[i];
        widen((const uint16_t *)(const void *)wire_of(channel, n),
              channel->side[to].value + first_on(n, to) * channel->cols, count_on(n, to) * channel->cols);
    }
    return hr_mpi(code, "the halo exchange", err);
}

int hr_halo_pieces(const hr_halo_channel *channel)
{
    return channel->lists->neighbours;
}

hr_halo_piece hr_halo_arrived(const hr_halo_channel *channel, int i)
{
    const hr_neighbour *n = &channel->lists->neighbour[i];
    const int to = 1 - channel->from;
    const int64_t first = first_on(n, to);
    return (hr_halo_piece){first, count_on(n, to),
                           channel->wire == HR_WIRE_BF16 ? channel->side[to].value + first * channel->cols
                                                         : (const float *)(const void *)wire_of(channel, n)};
}

void hr_halo_release(hr_halo_channel *channel)
{
    const hr_halo_lists *lists = channel->lists;
    for (int i = 0; i < lists->neighbours; i++) {
        const hr_neighbour *n = &lists->neighbour[i];
        if (count_on(n, 1 - channel->from) > 0 && !is_self(channel, n) && shared_piece(channel, n->rank))
            MPI_Send(NULL, 0, MPI_BYTE, n->rank, channel->first_tag + TAG_READ + channel->from,
                     lists->comm->mpi);
    }
}

void hr_halo_channel_count_anew(hr_halo_channel *channel)
{
    channel->bytes = 0;
}

int64_t hr_halo_channel_bytes(const hr_halo_channel *channel)
{
    return channel->bytes;
}
