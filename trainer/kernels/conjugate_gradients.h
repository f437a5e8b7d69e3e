/* Conjugate gradients (Hestenes & Stiefel 1952) with a diagonal preconditioner, for many systems A x = b at once,
 * each with the row of one vertex as its solution. The matrix of vertex v is
 *     A = diag(spectrum + weight_v) + the sum over its edges of y' y,
 * and its preconditioner is the diagonal matrix that is expected of that,
 *     M = diag(spectrum + weight_v + degree_v moment).
 * Sums over edges come from elsewhere (layers/normal_equations.h). */
#ifndef HR_TRAINER_KERNELS_CONJUGATE_GRADIENTS_H
#define HR_TRAINER_KERNELS_CONJUGATE_GRADIENTS_H

#include "trainer/simd/dispatch.h"

#include <stdbool.h>
#include <stdint.h>

/* The vectors of all systems, [rows x dim] each. */
typedef struct hr_cg_rows {
    bool fused; /* multiplications and additions may be one instruction (scores.h) */
    int64_t dim;
    const float *spectrum, *moment; /* [dim] */
    const float *weight;            /* [rows] */
    const int32_t *degree;          /* [rows] */
    float *x;                       /* solutions so far */
    float *direction;               /* of the next step */
    float *residual;                /* b - A x */
    float *square;                  /* [rows] residual M^-1 residual */
    float *product;                 /* sums over edges: of b - A x, or of A direction; steps overwrite it */
    const float *curvature;         /* [rows] direction A direction, as far as edges add to it */
} hr_cg_rows;

/* Adds sign * diag(spectrum + weight) x to the product of rows first … first + count - 1. */
HR_KERNEL(void, hr_cg_add_diagonal,
          (const hr_cg_rows *rows, const float *x, float sign, int64_t first, int64_t count),
          (rows, x, sign, first, count))

/* The residual is the product, and the first direction M^-1 times it. */
HR_KERNEL(void, hr_cg_begin, (const hr_cg_rows *rows, int64_t first, int64_t count), (rows, first, count))

/* One step of each: x moves along the direction to the minimum; residual and direction are updated. The product
 * is A direction. */
HR_KERNEL(void, hr_cg_step, (const hr_cg_rows *rows, int64_t first, int64_t count), (rows, first, count))

/* The last step, which changes x only and needs no product, but the curvature. */
HR_KERNEL(void, hr_cg_last_step, (const hr_cg_rows *rows, int64_t first, int64_t count), (rows, first, count))

#endif
