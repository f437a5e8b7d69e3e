/* Gradients of dense weights over the rows of all ranks: what a rank's rows add, to plain sums or, on an
 * exact graph, to exact ones, by a unit that all ranks agree on. */
#ifndef HR_TRAINER_GRAPH_DENSE_GRADIENT_H
#define HR_TRAINER_GRAPH_DENSE_GRADIENT_H

#include "io/base/error.h"
#include "trainer/graph/graph_context.h"
#include "trainer/numerics/columns.h"

#include <stdint.h>

/* The weights' sums from number `at` on += x' y, x.count x y.count, over rows one after the other of vertices
 * that this rank owns.
 *   pieces  HR_DENSE_PIECES (numerics/dense.h) x x.count x y.count floats to work with
 * Each weight is added to once a step, or by x and y of the same largest entries. Collective where exact.
 * HR_COMM. */
hr_status hr_dense_gradient_outer(const hr_graph_context *graph, int64_t rows, hr_columns x, hr_columns y,
                                  float *pieces, const hr_row_sums *sums, int64_t at, hr_error *err);

/* The sums from number `at` on, [columns], += the sum of rows x columns. Likewise. */
hr_status hr_dense_gradient_rows(const hr_graph_context *graph, int64_t rows, int64_t columns,
                                 const float *from, const hr_row_sums *sums, int64_t at, hr_error *err);

#endif
