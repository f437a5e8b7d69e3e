/* The normal equations of least squares, row by row: for a vertex with row x, whose neighbours have rows y,
 *     sum over its edges of (x . y) y   +   x G,   G = factor * the Gram matrix of all rows of the other
 * side. No matrix of a vertex is ever stored. The sums over edges are those of pair_pass.h, reduced over
 * ranks. Where sums are reproducible (numerics/summation.h) the result is the same bit for bit however the
 * graph is cut. */
#ifndef HR_TRAINER_LAYERS_NORMAL_EQUATIONS_H
#define HR_TRAINER_LAYERS_NORMAL_EQUATIONS_H

#include "io/base/error.h"
#include "trainer/graph/graph_context.h"
#include "trainer/layers/pair_pass.h"
#include "trainer/numerics/gram.h"
#include "trainer/numerics/row_sums.h"

#include <stdbool.h>
#include <stdint.h>

/* hr_pair_pass_users or hr_pair_pass_movies. */
typedef void hr_side_pass(const hr_pair_pass *, bool, const hr_line *, const hr_line *, hr_line *);

/* Zero-initialise; free with hr_normal_equations_free. */
typedef struct hr_normal_equations {
    hr_graph_context *graph;
    int64_t dim; /* a multiple of HR_LANES */
    hr_pair_pass pass;
    hr_row_sums sums; /* [(owned + ghosts) x dim] over edges */
    float *product;   /* sums.floats: the same in floats, on owned rows */
    hr_gram gram;     /* of the rows of the other side, times a factor */
} hr_normal_equations;

/* Of rows of dim columns; value as in pair_pass.h. Graph and values must outlive it. Local. HR_MEMORY. */
hr_status hr_normal_equations_create(hr_normal_equations *n, hr_graph_context *graph, int64_t dim,
                                     const float *value, hr_error *err);
void hr_normal_equations_free(hr_normal_equations *n);

/* Sums over the edges of one side, into n->product.
 *   by_value  the sum is of (value - x . y) y
 *   x, rows   (owned + ghosts) x dim: rows of the side, and of the other side, ghosts filled
 * Collective. HR_COMM. */
hr_status hr_normal_equations_pass(hr_normal_equations *n, hr_side_pass *pass, bool by_value, const float *x,
                                   const float *rows, hr_error *err);

/* Makes n->gram: G = factor * sum over all ranks' rows of row' row,
 *   row  [count x dim] of this rank
 * Collective. HR_COMM. */
hr_status hr_normal_equations_gram(hr_normal_equations *n, const float *row, int64_t count, float factor,
                                   hr_error *err);

/* to += sign * x G, for `count` rows. Local; threads may call it for different rows. */
void hr_normal_equations_add_gram(const hr_normal_equations *n, const float *x, float sign, int64_t count,
                                  float *to);

#endif
