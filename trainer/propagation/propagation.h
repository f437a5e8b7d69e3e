/* Linear propagation: the mean of the powers of the graph's normalised adjacency matrix applied to rows.
 *
 *     out = (x + S x + S^2 x + … + S^L x) / (L + 1),   S = D^-1/2 A D^-1/2
 *
 * (He et al., LightGCN, SIGIR 2020, eqs. 3, 4 and 8 with equal layer weights). The two halves may be other
 * shares of 1: the edge of a user of degree u and a movie of degree m has the weight u^-p m^(p - 1), so that
 * with p above 1/2 a much rated movie's row grows longer, a busy user's shorter; S is as symmetric. By
 * Horner's rule: x + S (x + S (x + …)). Columns never meet, so a panel of 16 columns (panel.h) can be on its
 * way between ranks while another is walked: with two panels or more for each thread, rows
 * and sums are each under way behind half a walk. Rows enter panels once and leave them once, however many
 * layers there are.
 *
 * On an exact graph (graph_context.h) panels and what travels are doubles, multiples of one unit (exact.h),
 * and what comes out is the same bit for bit however the graph is cut and whoever walks it. */
#ifndef HR_TRAINER_PROPAGATION_PROPAGATION_H
#define HR_TRAINER_PROPAGATION_PROPAGATION_H

#include "io/base/error.h"
#include "trainer/graph/graph_context.h"

#include <stdint.h>

typedef struct hr_propagation hr_propagation;

/* Makes what propagations of `layers` layers on rows of `dim` columns need: about (users + 2 movies) x dim
 * floats, twice that on an exact graph; user_power is p. Rows travel between ranks as `wire` says, which is
 * HR_WIRE_F32 on an exact graph. The graph must outlive it; every rank makes the same propagations in the
 * same order. Local. HR_MEMORY. */
hr_status hr_propagation_create(hr_propagation **propagation, hr_graph_context *graph, int64_t dim,
                                int64_t layers, double user_power, hr_wire wire, hr_error *err);
void hr_propagation_destroy(hr_propagation *propagation);

/* out from x, both of at least owned x dim floats; they may be the same array. The matrix is symmetric: this
 * is its own adjoint. Collective. HR_COMM. */
hr_status hr_propagation_run(hr_propagation *propagation, const float *x, float *out, hr_error *err);

#endif
