/* The edge pass: one walk over the local edges that serves both directions.
 *
 * For each local edge (u, m):   y[u] += x[m]   and   y[m] += x[u].
 * No weight is read: a model whose weights are products of a factor of either end scales rows before and
 * after (LightGCN's 1 / sqrt(d_u d_m)).
 *
 * Edges are walked user by user: a user's row streams, movie rows are read and added to at random. Columns
 * go in panels of HR_LANES, so that a panel's movie side, one cache line to read beside one to add to, stays
 * in the cache; threads take panels, so nothing is shared and the sums do not depend on their number. */
#ifndef HR_TRAINER_EDGE_PASS_H
#define HR_TRAINER_EDGE_PASS_H

#include "io/error.h"
#include "partition/shard.h"

#include <stdint.h>

typedef struct hr_edge_pass hr_edge_pass;

/* Makes room for passes of up to max_cols columns. The shard must outlive it. Local. HR_MEMORY. */
hr_status hr_edge_pass_create(hr_edge_pass **pass, const hr_shard *shard, int64_t max_cols, hr_error *err);
void hr_edge_pass_destroy(hr_edge_pass *pass);

/* One pass.
 *   x  (owned + ghosts) x cols floats, read
 *   y  (owned + ghosts) x cols floats, overwritten; rows without a local edge become 0
 * cols is at most max_cols. Local; cannot fail. */
void hr_edge_pass_run(hr_edge_pass *pass, const float *restrict x, float *restrict y, int64_t cols);

/* The same by the definition, an edge at a time: what hr_edge_pass_run is tested against. */
void hr_edge_pass_reference(const hr_shard *shard, const float *restrict x, float *restrict y, int64_t cols);

#endif
