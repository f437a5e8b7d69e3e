#include "trainer/kernels/sgd.h"

void hr_sgd_step(const hr_sgd *sgd, int64_t rows, int64_t dim, float *restrict parameter,
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
