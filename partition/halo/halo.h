/* The halo exchange: sums and copies over rows that several ranks hold.
 *
 * Each rank holds rows of `cols` numbers. It owns the first `owned` of them; the others are ghosts, copies of
 * rows that a rank, in most cases another one, owns. Every ghost names its owner and its row there:
 *
 *     rank 0    owned a b c   ghosts e f          e = (owner 1, row 1), f = (owner 1, row 2)
 *     rank 1    owned d e f   ghosts c            c = (owner 0, row 2)
 *
 * Let u be the owned rows of all ranks, one after the other, and let v be all rows of all ranks, ghosts
 * included. Let Q be the 0/1 matrix with one 1 in each row of v: Q(i, j) = 1 where row i of v is owned row j
 * or a ghost of it. Q' is its transpose. With x on each rank's (owned + ghosts) rows,
 *
 *     hr_halo_scatter   x <- Q u    with u the owned rows of x: every ghost becomes a copy of its owner's row
 *     hr_halo_reduce    u <- Q' x   every owned row becomes the sum of itself and of its ghosts on all ranks;
 *                                   ghost rows of x stay as they are
 *
 * The two are adjoint: for any u and x, <Q u, x> = <u, Q' x>. Backpropagation through one is the
 * other: the derivative of a scatter is a reduce of gradients, and the reverse. Three consequences:
 *
 *   - A sum over edges, each of them on one rank that has both of its ends as owned or ghost rows, is complete
 *     after one scatter and one reduce: Q' A Q u, with A the edges of every rank.
 *   - A reduce, then a scatter, gives the owner and all ghosts of a row the same sum: Q Q' x.
 *   - Q' Q is diagonal: a scatter, then a reduce, multiplies an owned row by 1 + its number of ghosts.
 *
 * The first of them for cols = 1, with head[e] and tail[e] rows of this rank and y zero before:
 *
 *     hr_halo *halo = NULL;
 *     HR_TRY(hr_halo_create(&halo, &comm, owned, ghosts, ghost_owner, ghost_row, cols, 0, err));
 *     HR_TRY(hr_halo_scatter(halo, x, cols, err));
 *     for (int64_t e = 0; e < edges; e++)
 *         y[head[e]] += x[tail[e]];
 *     HR_TRY(hr_halo_reduce(halo, y, cols, err));
 * done:
 *     hr_halo_destroy(halo);
 *
 * Order of sums: a reduce starts from the owned row and adds ghosts by rank, ascending. The same lists on the
 * same number of ranks give the same bits in every run, with and without shared memory.
 *
 * Cost: one message to and from each neighbour for each call. A scatter sends rows_sent (hr_halo_rows_sent) x
 * cols floats and a reduce receives as many. Ghosts of a rank's own rows are copied without a message.
 *
 * Threads: functions that exchange are called by the thread that speaks MPI. An exchange that overlaps with
 * computation goes through a channel (halo_channel.h). */
#ifndef HR_PARTITION_HALO_HALO_H
#define HR_PARTITION_HALO_HALO_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "partition/halo/halo_channel.h"

#include <stdint.h>

typedef struct hr_halo hr_halo;

/* Sets up the exchange.
 *   halo          receives the halo; NULL on failure
 *   comm          the ranks; must outlive the halo
 *   owned         rows that this rank owns
 *   ghosts        ghost rows of this rank
 *   ghost_owner   [ghosts] rank of comm that owns each ghost, ascending; read, not kept
 *   ghost_row     [ghosts] the ghost's row on its owner, ascending within an owner; read, not kept
 *   max_cols      most columns of a scatter or reduce, at least 1
 *   channel_cols  columns of all channels of the halo together (hr_halo_channel_make). 0: there will be none,
 *                 and ranks of one host exchange messages; otherwise they share memory
 *
 * Collective; all ranks return the same status. HR_INPUT where a list names a rank or a row that does not
 * exist; HR_MEMORY where there is no room or a message would be longer than MPI counts; HR_COMM. */
hr_status hr_halo_create(hr_halo **halo, const hr_comm *comm, int64_t owned, int64_t ghosts,
                         const int32_t *ghost_owner, const int32_t *ghost_row, int64_t max_cols,
                         int64_t channel_cols, hr_error *err);

/* Frees the halo and its channels. Collective. NULL is fine. */
void hr_halo_destroy(hr_halo *halo);

/* x <- Q u: copies owned rows to their ghosts on all ranks. Adjoint of hr_halo_reduce.
 *   x     [(owned + ghosts) x cols] row-major, owned rows first; ghost rows are overwritten
 *   cols  1 … max_cols, the same on all ranks
 *
 * Collective over comm. HR_USAGE where cols is out of range; HR_COMM where a neighbour is gone. */
hr_status hr_halo_scatter(hr_halo *halo, float *x, int64_t cols, hr_error *err);

/* u <- Q' x: adds ghost rows into the rows of their owners. Adjoint of hr_halo_scatter.
 *   x     [(owned + ghosts) x cols] row-major, owned rows first; ghost rows stay as they are
 *   cols  1 … max_cols, the same on all ranks
 *
 * Collective over comm; errors as hr_halo_scatter. */
hr_status hr_halo_reduce(hr_halo *halo, float *x, int64_t cols, hr_error *err);

/* hr_halo_reduce with the maximum instead of the sum: each owned number becomes the largest of itself and its
 * ghosts. Collective over comm; errors as hr_halo_scatter. */
hr_status hr_halo_reduce_largest(hr_halo *halo, float *x, int64_t cols, hr_error *err);

/* hr_halo_reduce of doubles.
 *   x     [(owned + ghosts) x cols]
 *   cols  1 … max_cols / 2, for a double takes two of the halo's columns
 *
 * Collective over comm; errors as hr_halo_scatter. */
hr_status hr_halo_reduce_f64(hr_halo *halo, double *x, int64_t cols, hr_error *err);

/* Makes a channel (halo_channel.h) on the lists of this halo, which owns and frees it. Every rank makes the
 * same channels in the same order. Local. HR_MEMORY, also where the channels together exceed channel_cols. */
hr_status hr_halo_channel_make(hr_halo *halo, hr_wire wire, int64_t max_cols, hr_halo_channel **channel,
                               hr_error *err);

/* hr_halo_reduce in two halves through a channel of at least cols columns, so that reduces of several arrays
 * overlap. x is as there; ghost rows are copied by the first half, owned rows are added to by the second. The
 * first is local, the second collective. HR_COMM. */
void hr_halo_begin_reduce(hr_halo *halo, hr_halo_channel *channel, const float *x, int64_t cols);
hr_status hr_halo_end_reduce(hr_halo *halo, hr_halo_channel *channel, float *x, int64_t cols, hr_error *err);

/* The owned rows that a scatter sends, in the order of a channel's `sent` side. An owned row occurs once for
 * each rank that has a ghost of it.
 *   row  receives the list, which belongs to the halo
 *
 * Returns its length. Local. */
int64_t hr_halo_sent(const hr_halo *halo, const int32_t **row);

/* Rows that this rank sends in a scatter and receives in a reduce; ghosts of its own rows do not count.
 * Local. */
int64_t hr_halo_rows_sent(const hr_halo *halo);

/* Counts bytes from 0 again. Local. */
void hr_halo_count_anew(hr_halo *halo);

/* Bytes of rows that this rank has sent to other ranks since then, or since the halo was created: those of messages,
 * and those that neighbours of this host read from shared memory. Local. */
int64_t hr_halo_bytes(const hr_halo *halo);

#endif
