/* Conjugate gradients (Hestenes & Stiefel 1952) for many systems A x = b at once, each with the row of one
 * vertex as its solution. Products with the matrices come from elsewhere (layers/normal_equations.h). */
#ifndef HR_TRAINER_KERNELS_CONJUGATE_GRADIENTS_H
#define HR_TRAINER_KERNELS_CONJUGATE_GRADIENTS_H

#include "trainer/simd/dispatch.h"

#include <stdbool.h>
#include <stdint.h>

/* The vectors of all systems, [rows x dim] each. */
typedef struct hr_cg_rows {
    bool fused; /* multiplications and additions may be one instruction (scores.h) */
    int64_t dim;
    float *x;             /* solutions so far */
    float *direction;     /* of the next step */
    float *residual;      /* b - A x */
    float *square;        /* [rows] squared length of each residual */
    const float *product; /* A direction; before the first step b - A x */
} hr_cg_rows;

/* Rows first … first + count - 1: the residual is the product, and the first direction. */
HR_KERNEL(void, hr_cg_begin, (const hr_cg_rows *rows, int64_t first, int64_t count), (rows, first, count))

/* One step of each: x moves along the direction to the minimum; residual and direction are updated. */
HR_KERNEL(void, hr_cg_step, (const hr_cg_rows *rows, int64_t first, int64_t count), (rows, first, count))

/* The last step, which changes x only. */
HR_KERNEL(void, hr_cg_last_step, (const hr_cg_rows *rows, int64_t first, int64_t count), (rows, first, count))

#endif
