/* Adam (Kingma & Ba, ICLR 2015, algorithm 1), in one pass over memory. */
#ifndef HR_TRAINER_KERNELS_ADAM_H
#define HR_TRAINER_KERNELS_ADAM_H

#include <stdint.h>

/* beta1 0.9, beta2 0.999, epsilon 1e-8, as everywhere. Every row moves at every step, also one that saw no
 * gradient: dense Adam. */
typedef struct hr_adam {
    double rate;
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
 *   uses              [rows]
 * Local. Does not depend on the number of threads. */
void hr_adam_step(const hr_adam *adam, int64_t steps, int64_t rows, int64_t dim, float *restrict parameter,
                  float *restrict first, float *restrict second, const float *restrict gradient,
                  const float *restrict uses);

#endif
