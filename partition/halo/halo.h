/* The halo exchange: rows of owned vertices and their copies on other ranks.
 *
 * Let Q be the 0/1 matrix that takes the owned rows of all ranks to the rows of all ranks, owned and
 * ghost: a ghost row is a copy of its owner's row. Then
 *     hr_halo_scatter   x <- Q x      each ghost row becomes a copy of its owner's row
 *     hr_halo_reduce    x <- Q' x     each owned row becomes itself plus all its ghost rows
 * and for any x of owned rows and any y of all rows <Qx, y> = <x, Q'y>: what runs forward by one runs
 * backward by the other. To use it:
 *
 *     hr_halo *halo;
 *     hr_halo_create(&halo, &comm, owned, ghosts, ghost_owner, ghost_row, max_cols, err);
 *     hr_halo_scatter(halo, x, cols, err);      … read owned and ghost rows, add to owned and ghost rows …
 *     hr_halo_reduce(halo, y, cols, err);
 *     hr_halo_destroy(halo);
 *
 * x is (owned + ghosts) x cols floats, row-major, owned rows first. Sums are in order of rank, so that the
 * same run gives the same bits. One message a neighbour a call; a rank may have ghosts of its own rows.
 *
 * What goes on while something else is computed goes by a channel (halo_channel.h). */
#ifndef HR_PARTITION_HALO_HALO_H
#define HR_PARTITION_HALO_HALO_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "partition/halo/halo_channel.h"

#include <stdint.h>

typedef struct hr_halo hr_halo;

/* Makes the exchange lists.
 *   owned, ghosts  numbers of rows here
 *   ghost_owner    [ghosts] rank that owns each ghost, ascending
 *   ghost_row      [ghosts] the ghost's row on its owner
 *   max_cols       most columns that hr_halo_scatter and hr_halo_reduce will exchange, at least 1
 *   channel_cols   columns of all channels that hr_halo_channel_make will be asked for, together; 0 for a
 * halo that is used too rarely for ranks of one host to share memory for it
 *
 * The lists are read, not kept;
 * comm must outlive the halo. Collective. HR_INPUT, on all ranks, where a list names a rank or a row that is
 * not there; HR_MEMORY, on all ranks, where there is no room or a message would be longer than MPI counts;
 * HR_COMM. */
hr_status hr_halo_create(hr_halo **halo, const hr_comm *comm, int64_t owned, int64_t ghosts,
                         const int32_t *ghost_owner, const int32_t *ghost_row, int64_t max_cols,
                         int64_t channel_cols, hr_error *err);

/* NULL is fine. Collective. */
void hr_halo_destroy(hr_halo *halo);

/* Copies owned rows to their ghosts on other ranks; ghost rows are overwritten.
 *   x  (owned + ghosts) x cols floats
 * Collective over comm. HR_USAGE where cols is not in 1 … max_cols; HR_COMM where a neighbour is gone.
 * Adjoint of hr_halo_reduce. */
hr_status hr_halo_scatter(hr_halo *halo, float *x, int64_t cols, hr_error *err);

/* Adds ghost rows into the rows of their owners; ghost rows are left as they are.
 *   x  (owned + ghosts) x cols floats
 * Collective over comm; errors as hr_halo_scatter. */
hr_status hr_halo_reduce(hr_halo *halo, float *x, int64_t cols, hr_error *err);

/* hr_halo_reduce with the largest in place of the sum. */
hr_status hr_halo_reduce_largest(hr_halo *halo, float *x, int64_t cols, hr_error *err);

/* hr_halo_reduce of doubles, which take two of the halo's columns each.
 *   x  (owned + ghosts) x cols doubles */
hr_status hr_halo_reduce_f64(hr_halo *halo, double *x, int64_t cols, hr_error *err);

/* A channel (halo_channel.h) on this halo, which keeps and frees it. Every rank asks for the same channels in
 * the same order. Local. HR_MEMORY. */
hr_status hr_halo_channel_make(hr_halo *halo, hr_wire wire, int64_t max_cols, hr_halo_channel **channel,
                               hr_error *err);

/* hr_halo_reduce in two halves, by a channel of at least cols columns, so that reduces of several arrays are
 * under way together. x as there; not to be touched in between. The first is local, the second collective;
 * HR_COMM. */
void hr_halo_begin_reduce(hr_halo *halo, hr_halo_channel *channel, const float *x, int64_t cols);
hr_status hr_halo_end_reduce(hr_halo *halo, hr_halo_channel *channel, float *x, int64_t cols, hr_error *err);

/* The owned rows of a channel's owners' side, in its order: returns how many, *row (kept by the halo) tells
 * which. An owned row occurs once for each rank that has it as a ghost. */
int64_t hr_halo_sent(const hr_halo *halo, const int32_t **row);

/* Rows that this rank sends in a scatter (and receives in a reduce), not counting those to itself. */
int64_t hr_halo_rows_sent(const hr_halo *halo);

/* Bytes of rows that this rank has sent to others since the halo was made. */
int64_t hr_halo_bytes(const hr_halo *halo);

#endif
