/* A channel: one halo exchange with buffers of its own, which runs beside others and beside the computing.
 *
 * It has two sides: a row for each owned row that is a ghost elsewhere (hr_halo_lists' sent_row), and a row
 * for each ghost here. A scatter carries what stands on owners' sides to ghosts' sides, a reduce the other
 * way:
 *
 *     fill hr_halo_channel_sent(channel);    hr_halo_start_scatter(channel, cols);
 *     … compute something else …
 *     hr_halo_finish(channel, err);          read hr_halo_arrived(channel, i) of each neighbour i;
 *     hr_halo_release(channel);
 *
 * One message a neighbour. Ranks of one host share the sides: the message is then empty and only says that
 * the rows are there, and they are read where the neighbour put them. */
#ifndef HR_PARTITION_HALO_HALO_CHANNEL_H
#define HR_PARTITION_HALO_HALO_CHANNEL_H

#include "io/base/error.h"
#include "partition/halo/halo_lists.h"
#include "partition/halo/host_memory.h"

#include <stdint.h>

/* How a float travels: as it is, or rounded to its upper 16 bits (bfloat16: 8 bits of precision). */
typedef enum hr_wire { HR_WIRE_F32, HR_WIRE_BF16 } hr_wire;

typedef struct hr_halo_channel hr_halo_channel;

/* What channels on the same lists share. */
typedef struct hr_halo_room {
    const hr_halo_lists *lists;
    const hr_host_memory *memory; /* (sent + ghosts) x row_bytes bytes of each rank, if any */
    int64_t row_bytes;
    int64_t row_bytes_used; /* by the channels made so far */
    int channels;           /* made so far */
} hr_halo_room;

/* What has come from one neighbour: rows first … first + rows - 1 of the side here, in order. */
typedef struct hr_halo_piece {
    int64_t first, rows;
    const float *row; /* rows x cols */
} hr_halo_piece;

/* Makes a channel for up to max_cols columns. The room's lists and memory must outlive it. Every rank makes
 * the same channels in the same order; none waits for another here. Local. HR_MEMORY, also where a message
 * would be longer than MPI counts. */
hr_status hr_halo_channel_create(hr_halo_channel **channel, hr_halo_room *room, hr_wire wire,
                                 int64_t max_cols, hr_error *err);
void hr_halo_channel_destroy(hr_halo_channel *channel);

/* The two sides, sent x cols and ghosts x cols floats; cols as in the call that starts. Asked for before a
 * side is filled: waits until neighbours have read what stood there. Only the thread that speaks MPI may ask;
 * any may use what it is given. From start to finish neither is to be touched. */
float *hr_halo_channel_sent(hr_halo_channel *channel);
float *hr_halo_channel_ghosts(hr_halo_channel *channel);

/* Begin an exchange of cols columns, 1 … max_cols, and return at once. Local; others must begin theirs. */
void hr_halo_start_scatter(hr_halo_channel *channel, int64_t cols);
void hr_halo_start_reduce(hr_halo_channel *channel, int64_t cols);

/* Waits until what was begun has arrived. HR_COMM where a neighbour is gone. */
hr_status hr_halo_finish(hr_halo_channel *channel, hr_error *err);

/* What has come from neighbour i, 0 … hr_halo_pieces - 1, by rank; together they are the whole side. Local;
 * to be read between finish and release, by any thread. */
int hr_halo_pieces(const hr_halo_channel *channel);
hr_halo_piece hr_halo_arrived(const hr_halo_channel *channel, int i);

/* Tells the neighbours that what they sent has been read. Once after each finish that went well. Local. */
void hr_halo_release(hr_halo_channel *channel);

/* Bytes of rows that this rank has sent by the channel. */
int64_t hr_halo_channel_bytes(const hr_halo_channel *channel);

#endif
