/* Attention over the edges of one layer, in both directions, with several heads and the softmax over all
 * edges of a vertex, on whichever ranks they are:
 *     out_v = sum over v's neighbours u of a_vu S_u,     a_vu = exp(e_vu) / sum over u' of exp(e_vu')
 * with a target row T_v, a source row S_u and, for each head separately,
 *     gat    e = leaky(b . T_v + a . S_u)      (Veličković et al., ICLR 2018, eqs. 1-4, in two halves)
 *     gatv2  e = a . leaky(T_v + S_u)          (Brody et al., ICLR 2022, eq. 7)
 * The weights a and b are those of the target's kind. Softmax does not change when a number is subtracted
 * from all e of a vertex. It is a bound of these e, which keeps exp from overflowing and which every rank
 * computes from T_v and the range of S over all ranks. Where sums are reproducible (numerics/summation.h) it
 * is the largest e. Heads have disjoint columns: threads take heads. */
#ifndef HR_TRAINER_LAYERS_ATTENTION_H
#define HR_TRAINER_LAYERS_ATTENTION_H

#include "io/base/error.h"
#include "trainer/graph/graph_context.h"
#include "trainer/kernels/attention.h"
#include "trainer/numerics/row_sums.h"

#include <stdbool.h>
#include <stdint.h>

enum { HR_ATTENTION_HEADS = 64 }; /* most heads */

/* Zero-initialise; free with hr_attention_free. */
typedef struct hr_attention {
    hr_graph_context *graph;
    bool second; /* gatv2 */
    int64_t dim, heads;
    float *target, *source; /* [(owned + ghosts) x dim] T and S: the caller fills owned rows */
    hr_row_sums out;        /* [(owned + ghosts) x dim] */
    float *bound;           /* [(owned + ghosts) x heads] */
    hr_row_sums share;      /* [(owned + ghosts) x 2 heads] sums of weights, then gradient of out . out */
    float *range; /* [2 kinds x dim x 2] highest and minus lowest of S; gat: highest a . S of each head */
    hr_row_sums gradient_target, gradient_source; /* [(owned + ghosts) x dim] */
    float *gradient_out;                          /* [(owned + ghosts) x dim] */
} hr_attention;

/* dim = graph->grid.dim is a multiple of heads, 1 … HR_ATTENTION_HEADS. The graph must outlive it. Local.
 * HR_MEMORY. */
hr_status hr_attention_create(hr_attention *attention, hr_graph_context *graph, bool second, int64_t heads,
                              hr_error *err);
void hr_attention_free(hr_attention *attention);

/* From owned rows of target and source to owned rows of out's floats; vertices without edges get 0.
 *   weights  of users, then of movies, as targets
 * Collective. */
hr_status hr_attention_forward(hr_attention *attention, const hr_attention_weights weights[2], hr_error *err);

/* From the gradient of the owned rows of out, in gradient_out, to those of the owned rows of target and
 * source, in the floats of gradient_target and gradient_source; this rank's share of the gradient of the
 * weights is added to `gradients`. After forward on the same rows. Collective. */
hr_status hr_attention_backward(hr_attention *attention, const hr_attention_weights weights[2],
                                const hr_attention_gradients gradients[2], hr_error *err);

#endif
