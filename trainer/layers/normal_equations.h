/* The normal equations of least squares, row by row: for a vertex with row x, whose neighbours have rows y,
 *     sum over its edges of (x . y) y   +   x G,   G = factor * the Gram matrix of all rows of the other
 * side. No matrix of a vertex is ever stored. All rows are rotated into the basis in which G is diagonal
 * (numerics/gram_basis.h). The sums over edges are those of pair_pass.h, reduced over ranks. Where sums are
 * reproducible (numerics/summation.h) the result is the same bit for bit however the graph is cut. */
#ifndef HR_TRAINER_LAYERS_NORMAL_EQUATIONS_H
#define HR_TRAINER_LAYERS_NORMAL_EQUATIONS_H

#include "io/base/error.h"
#include "trainer/graph/graph_context.h"
#include "trainer/layers/pair_pass.h"
#include "trainer/numerics/gram_basis.h"
#include "trainer/numerics/row_sums.h"

#include <stdbool.h>
#include <stdint.h>

/* hr_pair_pass_users or hr_pair_pass_movies. */
typedef void hr_side_pass(hr_pair_pass *, hr_pair_terms, const float *, const float *, const hr_row_sums *);

/* Zero-initialise; free with hr_normal_equations_free. */
typedef struct hr_normal_equations {
    hr_graph_context *graph;
    int64_t dim; /* a multiple of HR_LANES */
    hr_pair_pass pass;
    hr_row_sums rows;    /* [(owned + ghosts) x dim] sums over edges of rows */
    hr_row_sums squares; /* [owned + ghosts] sums over edges of squares */
    float *product;      /* rows.floats: the sums on owned rows */
    float *curvature;    /* squares.floats, likewise */
    hr_gram_basis basis; /* of the rows of the other side */
    hr_row_sums moment;  /* [dim] mean over all edges of the squared entries of the other side's rows */
} hr_normal_equations;

/* Of rows of dim columns, a multiple of HR_LANES, those from `columns` on being 0; value as in pair_pass.h. Graph and values must outlive it. Local. HR_MEMORY. */
hr_status hr_normal_equations_create(hr_normal_equations *n, hr_graph_context *graph, int64_t columns,
                                     int64_t dim, const float *value, hr_error *err);
void hr_normal_equations_free(hr_normal_equations *n);

/* Sums over the edges of one side, into n->product, or of HR_PAIR_SQUARES into n->curvature.
 *   x, rows  (owned + ghosts) x dim: rows of the side, and of the other side, ghosts filled
 * Collective. HR_COMM. */
hr_status hr_normal_equations_pass(hr_normal_equations *n, hr_side_pass *pass, hr_pair_terms terms,
                                   const float *x, const float *rows, hr_error *err);

/* Makes n->basis, of G = factor * sum over all ranks' rows of row' row, and rotates rows into it.
 *   first, count  owned rows that G is of
 *   rows          (owned + ghosts) x dim; receives an array of the same size
 *   other         such an array, which receives the old rows; both pointers are swapped
 * Collective. HR_COMM, HR_MEMORY. */
hr_status hr_normal_equations_rotate(hr_normal_equations *n, int64_t first, int64_t count, float factor,
                                     float **rows, float **other, hr_error *err);

/* Makes n->moment, of owned rows first … first + count - 1. Collective. HR_COMM. */
hr_status hr_normal_equations_moment(hr_normal_equations *n, int64_t first, int64_t count, const float *rows,
                                     hr_error *err);

#endif
