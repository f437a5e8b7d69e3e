/* Adam (Kingma & Ba, ICLR 2015, algorithm 1), one sweep over memory. */
#ifndef HR_TRAINER_KERNELS_ADAM_H
#define HR_TRAINER_KERNELS_ADAM_H

#include <stdint.h>

/* beta1 0.9, beta2 0.999, epsilon 1e-8, as everywhere. Every row moves at every step, also one that saw no
 * gradient: dense Adam. */
typedef struct hr_adam {
    double rate;
    double decay;  /* L2 pull on a row for each use of it in the batch: decay * uses * parameter */
    double ridge;  /* and on every row at every step: ridge * parameter */
    double scale;  /* of the gradient, without these */
    double shrink; /* AdamW (Loshchilov & Hutter, ICLR 2019, algorithm 2): parameters lose rate * shrink of
                    * themselves beside the step */
} hr_adam;

/* Moves the parameters by one step.
 *   steps             steps made before this one
 *   parameter, first, second   rows x dim floats, updated (second: raw second moment)
 *   gradient          rows x dim floats
 *   uses              [rows]
 * Local. Does not depend on the number of threads. */
void hr_adam_step(const hr_adam *adam, int64_t steps, int64_t rows, int64_t dim, float *restrict parameter,
                  float *restrict first, float *restrict second, const float *restrict gradient,
                  const float *restrict uses);

#endif
