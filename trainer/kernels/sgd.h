/* Stochastic gradient descent, in one pass over memory. */
#ifndef HR_TRAINER_KERNELS_SGD_H
#define HR_TRAINER_KERNELS_SGD_H

#include <stdint.h>

typedef struct hr_sgd {
    double rate, decay, ridge, scale; /* as in hr_adam (adam.h) */
} hr_sgd;

/* parameter -= rate * (scale * gradient + (decay * uses + ridge) * parameter).
 *   parameter  rows x dim floats, updated
 *   gradient   rows x dim floats
 *   uses       [rows] how often the batch used a row
 * Local. Does not depend on the number of threads. */
void hr_sgd_step(const hr_sgd *sgd, int64_t rows, int64_t dim, float *restrict parameter,
                 const float *restrict gradient, const float *restrict uses);

#endif
