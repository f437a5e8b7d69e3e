/* Linear propagation: the mean of the powers of the graph's normalised adjacency matrix applied to rows.
 *
 *     out = (x + S x + S^2 x + … + S^L x) / (L + 1),   S = D^-1/2 A D^-1/2
 *
 * (He et al., LightGCN, SIGIR 2020, eqs. 3, 4 and 8 with equal layer weights). More generally the edge of a
 * user of degree u and a movie of degree m has the weight u^-p m^(p - 1). LightGCN has p = 1/2. With a
 * greater p the row of a much rated movie is longer, that of an active user shorter; S is symmetric for every
 * p.
 *
 * The sum is computed by Horner's rule, x + S (x + S (x + …)). Columns are independent, so
 * communication of one batch of panels of 16 columns (panel.h) overlaps the sweep of another
 * (batch_schedule.h). With two panels or more for each thread, communication of rows, and that of sums, each
 * overlap half a sweep. Rows are loaded into panels once and stored from them once, however many layers there
 * are.
 *
 * Where sums are reproducible (numerics/summation.h) panels and messages are doubles, multiples of one unit,
 * and the result is the same bit for bit however the graph is cut and on however many threads. */
#ifndef HR_TRAINER_PROPAGATION_PROPAGATION_H
#define HR_TRAINER_PROPAGATION_PROPAGATION_H

#include "io/base/error.h"
#include "trainer/graph/graph_context.h"

#include <stdint.h>

typedef struct hr_propagation hr_propagation;

/* Makes what propagations of `layers` layers on rows of `dim` columns need: about (users + 2 movies) x dim
 * floats, or twice that where sums are reproducible.
 *   user_power  p
 *   wire        format of rows between ranks; HR_WIRE_F32 where sums are reproducible
 * The graph must outlive it; every rank makes the same propagations in the same order. Local. HR_MEMORY. */
hr_status hr_propagation_create(hr_propagation **propagation, hr_graph_context *graph, int64_t dim,
                                int64_t layers, double user_power, hr_wire wire, hr_error *err);
void hr_propagation_destroy(hr_propagation *propagation);

/* out from x, both of at least owned x dim floats; they may be the same array. The map is its own adjoint, as
 * its matrix is symmetric. Collective. HR_COMM. */
hr_status hr_propagation_run(hr_propagation *propagation, const float *x, float *out, hr_error *err);

/* The same with fewer layers, 0 … those that it was made for. Collective. HR_COMM. */
hr_status hr_propagation_run_fewer(hr_propagation *propagation, int64_t layers, const float *x, float *out,
                                   hr_error *err);

#endif
