/* The sums of attention over edges, head by head, in both directions of each edge. With a target row T_v, a
 * source row S_u and the weights a and b of the target's kind, an edge has the score
 *     gat    e = leaky(b . T_v + a . S_u)
 *     gatv2  e = a . leaky(T_v + S_u)
 * where leaky is the leaky ReLU (layers/attention.h has the sources). */
#ifndef HR_TRAINER_KERNELS_ATTENTION_H
#define HR_TRAINER_KERNELS_ATTENTION_H

#include "trainer/kernels/sums.h"

#include <stdbool.h>
#include <stdint.h>

/* The weights of one target kind's attention: dim floats each. */
typedef struct hr_attention_weights {
    const float *a, *b;
} hr_attention_weights;

/* What the gradients of these weights are added to: dim sums each. */
typedef struct hr_attention_gradients {
    hr_row_sums a, b;
} hr_attention_gradients;

/* The edges in the order of their users, and rows that both ends have. A head has dim / heads columns. */
typedef struct hr_attention_edges {
    bool second; /* gatv2 */
    int64_t dim, heads;
    int64_t users;
    const int64_t *ptr;                  /* [users + 1] offsets of each user's edges */
    const int32_t *edge_movie;           /* [edges] index in movie_row */
    const int32_t *user_row, *movie_row; /* the row of each user and movie */
    const hr_attention_weights *weights; /* [2] of users, then of movies, as targets */
    const float *target, *source;        /* [rows x dim] T and S */
    float *bound;                        /* [rows x heads] of e */
    hr_row_sums out;                     /* [rows x dim] */
    hr_row_sums share;         /* [rows x heads] sums of weights; backward [rows x 2 heads], see there */
    const float *gradient_out; /* [rows x dim] backward, like all that follows */
    hr_row_sums gradient_target, gradient_source; /* [rows x dim] */
    hr_attention_gradients gradients[2];          /* of weights */
} hr_attention_edges;

/* Raises each target's bound to the largest e of its edges here. */
HR_KERNEL(void, hr_attention_raise_bounds, (const hr_attention_edges *edges, int64_t head), (edges, head))

/* For each edge, with weight = exp(e - bound): share of the target += weight, out of the target += weight S.
 * out and share are of the same kind of sums. */
HR_KERNEL(void, hr_attention_sum_forward, (const hr_attention_edges *edges, int64_t head), (edges, head))

/* Adds the derivatives of e and S to gradient_target, gradient_source and gradients, all of the same kind of
 * sums. With p = weight / the sum of weights and g = gradient of out . S:
 *     dS = p * gradient of out,    de = p (g - gradient of out . out).
 *   share  the floats of a row are the sums of weights, then gradient of out . out, each by heads */
HR_KERNEL(void, hr_attention_sum_backward, (const hr_attention_edges *edges, int64_t head), (edges, head))

/* What the leaky ReLU multiplies numbers below 0 by, as published. */
static const float hr_leak = 0.2F;

/* The leaky ReLU, and its derivative. */
HR_BODY float hr_leaky(float x)
{
    return x > 0.0F ? x : hr_leak * x;
}

HR_BODY float hr_leaky_derivative(float x)
{
    return x > 0.0F ? 1.0F : hr_leak;
}

#endif
