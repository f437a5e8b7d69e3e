/* Gradients of dense weights are sums over vertices: what a rank's own vertices add to them, under a bound
 * that all ranks agree on where sums are reproducible (numerics/summation.h). hr_graph_sum_dense sums over
 * ranks. */
#ifndef HR_TRAINER_GRAPH_DENSE_GRADIENT_H
#define HR_TRAINER_GRAPH_DENSE_GRADIENT_H

#include "io/base/error.h"
#include "trainer/graph/graph_context.h"
#include "trainer/numerics/columns.h"

#include <stdint.h>

/* sums[at …] += x' y, an x.count x y.count matrix, where x and y have a row for each of some vertices that
 * this rank owns, without gaps.
 *   pieces  HR_DENSE_PIECES (numerics/dense.h) x x.count x y.count floats to work with
 * A weight is added to once a step, or each time by x and y of the same largest entries. Collective on the
 * graph's parts where sums are reproducible. HR_COMM. */
hr_status hr_dense_gradient_outer(const hr_graph_context *graph, int64_t rows, hr_columns x, hr_columns y,
                                  float *pieces, const hr_row_sums *sums, int64_t at, hr_error *err);

/* sums[at …], [columns], += the sum of the rows of `from` [rows x columns]. Likewise. */
hr_status hr_dense_gradient_rows(const hr_graph_context *graph, int64_t rows, int64_t columns,
                                 const float *from, const hr_row_sums *sums, int64_t at, hr_error *err);

#endif
