#include "trainer/kernels/gradient_steps.h"

#include <math.h>

static const double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;

/* Constants of a step. `rate` and `second`, the factor of the second moment, include the bias corrections. */
typedef struct factors {
    float rate, second, decay, ridge, scale, keep;
} factors;

HR_BODY void step_row(const factors *f, int64_t dim, float *restrict parameter, float *restrict first,
                      float *restrict second, const float *restrict gradient, float uses)
{
    const float b1 = (float)beta1, b2 = (float)beta2, floor = (float)epsilon, l2 = f->decay * uses + f->ridge;
#pragma omp simd
    for (int64_t c = 0; c < dim; c++) {
        const float g = f->scale * gradient[c] + l2 * parameter[c];
        first[c] = b1 * first[c] + (1.0F - b1) * g;
        second[c] = b2 * second[c] + (1.0F - b2) * g * g;
        parameter[c] = f->keep * parameter[c] - f->rate * first[c] / (sqrtf(second[c] * f->second) + floor);
    }
}

void HR_OF_ISA(hr_adam_step)(const hr_adam *adam, int64_t steps, int64_t rows, int64_t dim,
                             float *restrict parameter, float *restrict first, float *restrict second,
                             const float *restrict gradient, const float *restrict uses)
{
    const double t = (double)(steps + 1);
    const factors f = {(float)(adam->rate / (1.0 - pow(beta1, t))),
                       (float)(1.0 / (1.0 - pow(beta2, t))),
                       (float)adam->decay,
                       (float)adam->ridge,
                       (float)adam->scale,
                       (float)(1.0 - adam->rate * adam->shrink)};
#pragma omp parallel for schedule(static)
    for (int64_t row = 0; row < rows; row++)
        step_row(&f, dim, parameter + row * dim, first + row * dim, second + row * dim, gradient + row * dim,
                 uses[row]);
}

void HR_OF_ISA(hr_sgd_step)(const hr_sgd *sgd, int64_t rows, int64_t dim, float *restrict parameter,
                            const float *restrict gradient, const float *restrict uses)
{
    const float step = (float)sgd->rate, scale = (float)sgd->scale;
#pragma omp parallel for schedule(static)
    for (int64_t row = 0; row < rows; row++) {
        const float l2 = (float)sgd->decay * uses[row] + (float)sgd->ridge;
#pragma omp simd
        for (int64_t i = row * dim; i < (row + 1) * dim; i++)
            parameter[i] -= step * (scale * gradient[i] + l2 * parameter[i]);
    }
}
