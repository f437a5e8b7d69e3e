/* Steps of parameters along their gradients, in one pass over memory: Adam (Kingma & Ba, ICLR 2015, algorithm
 * 1) and stochastic gradient descent. */
#ifndef HR_TRAINER_KERNELS_GRADIENT_STEPS_H
#define HR_TRAINER_KERNELS_GRADIENT_STEPS_H

#include "trainer/simd/dispatch.h"

#include <stdint.h>

/* beta1 0.9, beta2 0.999, epsilon 1e-8, the usual values. Every row moves at every step, also one without a
 * gradient: dense Adam. */
typedef struct hr_adam {
    double rate;   /* learning rate */
    double decay;  /* L2 regularisation of a row for each use of it in the batch: decay * uses * parameter */
    double ridge;  /* and of every row at every step: ridge * parameter */
    double scale;  /* factor of the gradient, not of these */
    double shrink; /* AdamW (Loshchilov & Hutter, ICLR 2019, algorithm 2): before the step parameters are
                    * multiplied by 1 - rate * shrink */
} hr_adam;

/* Makes one step of the parameters.
 *   steps             steps made before this one
 *   parameter, first, second   rows x dim floats, updated (second: raw second moment)
 *   gradient          rows x dim floats
 *   uses              [rows] how often the batch used a row
 * Local. Does not depend on the number of threads. */
HR_KERNEL(void, hr_adam_step,
          (const hr_adam *adam, int64_t steps, int64_t rows, int64_t dim, float *restrict parameter,
           float *restrict first, float *restrict second, const float *restrict gradient,
           const float *restrict uses),
          (adam, steps, rows, dim, parameter, first, second, gradient, uses))

typedef struct hr_sgd {
    double rate, decay, ridge, scale; /* as in hr_adam */
} hr_sgd;

/* parameter -= rate * (scale * gradient + (decay * uses + ridge) * parameter).
 *   parameter  rows x dim floats, updated
 *   gradient   rows x dim floats
 *   uses       [rows] as above
 * Local. Does not depend on the number of threads. */
HR_KERNEL(void, hr_sgd_step,
          (const hr_sgd *sgd, int64_t rows, int64_t dim, float *restrict parameter,
           const float *restrict gradient, const float *restrict uses),
          (sgd, rows, dim, parameter, gradient, uses))

#endif
