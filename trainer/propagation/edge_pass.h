/* The edge pass on row-major matrices: rows are loaded into panels (panel.h), one sweep goes over the local
 * edges, sums are stored from panels.
 *
 * For each local edge (u, m) of weight w:   y[u] += w x[m]   and   y[m] += w x[u].
 *
 * A model whose weights are a product of a factor for each end scales rows before and after instead of giving
 * weights (LightGCN's 1 / sqrt(d_u d_m)). One that is linear as well uses propagation.h, which stays in
 * panels for all its layers. */
#ifndef HR_TRAINER_PROPAGATION_EDGE_PASS_H
#define HR_TRAINER_PROPAGATION_EDGE_PASS_H

#include "io/base/error.h"
#include "trainer/numerics/row_sums.h"
#include "trainer/propagation/panel.h"

#include <stdint.h>

typedef struct hr_edge_pass hr_edge_pass;

/* Makes what passes of `cols` columns need: a panel a thread. The shard must outlive it. Local. HR_MEMORY.
 *   how  sums are made (numerics/summation.h) */
hr_status hr_edge_pass_create(hr_edge_pass **pass, const hr_shard *shard, int64_t cols, hr_summation how,
                              hr_error *err);
void hr_edge_pass_destroy(hr_edge_pass *pass);

/* One pass.
 *   weight  [edges] in the shard's order, or NULL: all 1; whole numbers where sums are reproducible
 *   x       (owned + ghosts) x cols floats, read
 *   y       (owned + ghosts) x cols sums, overwritten; bounded over all edges (hr_row_sums_bound)
 * Local; cannot fail. */
void hr_edge_pass_run(hr_edge_pass *pass, const float *weight, const float *x, const hr_row_sums *y);

/* The same by the definition, an edge at a time: the plain reference that hr_edge_pass_run is tested
 * against. */
void hr_edge_pass_reference(const hr_shard *shard, const float *weight, const float *restrict x,
                            float *restrict y, int64_t cols);

#endif
