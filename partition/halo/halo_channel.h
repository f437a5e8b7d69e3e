/* A channel: a halo exchange with separate buffers, which overlaps with computation and with the exchanges
 * of other channels.
 *
 * A channel has two sides (halo_lists.h): `sent`, with a row for each owned row and each rank that has a
 * ghost of it, and `ghosts`, with a row for each ghost. A scatter transfers the owners' sent sides to the
 * ghosts sides of their neighbours, a reduce the ghosts sides to the sent sides:
 *
 *     float *row = hr_halo_channel_sent(channel);       write owned rows to row [sent x cols]
 *     hr_halo_start_scatter(channel, cols);             compute something else
 *     HR_TRY(hr_halo_finish(channel, err));             read hr_halo_arrived(channel, i) for each i
 *     hr_halo_release(channel);
 *
 * There is one message for each neighbour. Ranks of one host share the memory of both sides: their messages
 * are empty and only signal that rows are ready, and the receiver reads them in the sender's memory. Release
 * tells the sender that it may write there again.
 *
 * Sides hold floats. On the way a float may be rounded to bfloat16; the receiver widens it to a float again
 * in hr_halo_finish, so that hr_halo_arrived returns floats in any case. */
#ifndef HR_PARTITION_HALO_HALO_CHANNEL_H
#define HR_PARTITION_HALO_HALO_CHANNEL_H

#include "io/base/error.h"
#include "partition/halo/halo_lists.h"
#include "partition/halo/host_memory.h"

#include <stdint.h>

/* Format of a float in a message: unchanged, or rounded to bfloat16, the nearest number with 8 bits of
 * precision. */
typedef enum hr_wire { HR_WIRE_F32, HR_WIRE_BF16 } hr_wire;

typedef struct hr_halo_channel hr_halo_channel;

/* What the channels on the same lists share. */
typedef struct hr_halo_room {
    const hr_halo_lists *lists;
    const hr_host_memory *memory; /* (sent + ghosts) x row_bytes bytes a rank; NULL: ranks share none */
    int64_t row_bytes;
    int64_t row_bytes_used; /* by the channels made so far */
    int channels;           /* made so far */
} hr_halo_room;

/* Rows that arrived from one neighbour: rows first … first + rows - 1 of the side here, in order. */
typedef struct hr_halo_piece {
    int64_t first, rows;
    const float *row; /* [rows x cols] */
} hr_halo_piece;

/* Makes a channel for up to max_cols columns. The room's lists and memory must outlive it. Every rank makes
 * the same channels in the same order. Local. HR_MEMORY, also where a message would be longer than MPI
 * counts. */
hr_status hr_halo_channel_create(hr_halo_channel **channel, hr_halo_room *room, hr_wire wire,
                                 int64_t max_cols, hr_error *err);
void hr_halo_channel_destroy(hr_halo_channel *channel);

/* The two sides, [sent x cols] and [ghosts x cols], for the cols of the exchange that follows. Waits until
 * neighbours have read the rows of the exchange before, so call it before writing. Called by the thread that
 * speaks MPI; any thread may write. Between start and finish neither side may be written. */
float *hr_halo_channel_sent(hr_halo_channel *channel);
float *hr_halo_channel_ghosts(hr_halo_channel *channel);

/* Start an exchange of cols columns, 1 … max_cols, the same on all ranks, and return at once. Local; the
 * exchange completes when all neighbours have started theirs. */
void hr_halo_start_scatter(hr_halo_channel *channel, int64_t cols);
void hr_halo_start_reduce(hr_halo_channel *channel, int64_t cols);

/* Waits until the rows of all neighbours have arrived, and widens them from bfloat16. HR_COMM where a
 * neighbour is gone. */
hr_status hr_halo_finish(hr_halo_channel *channel, hr_error *err);

/* The rows that arrived from neighbour i, 0 <= i < hr_halo_pieces, by rank; the pieces together are the whole
 * side. Valid between finish and release, for any thread. Local. */
int hr_halo_pieces(const hr_halo_channel *channel);
hr_halo_piece hr_halo_arrived(const hr_halo_channel *channel, int i);

/* Tells the neighbours that their rows have been read. Called once after each finish that returned HR_OK.
 * Local. */
void hr_halo_release(hr_halo_channel *channel);

/* Counts bytes from 0 again. Local. */
void hr_halo_channel_count_anew(hr_halo_channel *channel);

/* Bytes of rows that this rank has sent through the channel since then, or since it was created. */
int64_t hr_halo_channel_bytes(const hr_halo_channel *channel);

#endif
