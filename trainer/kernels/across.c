#include "trainer/kernels/across.h"

#include "io/base/memory.h"

#include <string.h>

hr_status hr_across_create(hr_across *across, int64_t count, int64_t dim, hr_error *err)
{
    hr_status status = HR_OK;
    across->dim = dim;
    across->blocks = (count + HR_LANES - 1) / HR_LANES;
    HR_ALLOC(across->line, across->blocks * dim);
done:
    return status;
}

void hr_across_free(hr_across *across)
{
    free(across->line);
    *across = (hr_across){0};
}

void hr_across_lay(hr_across *across, const float *row, int64_t count)
{
    const int64_t dim = across->dim;
    float *lane = (float *)across->line;
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < count; i++)
        for (int64_t c = 0; c < dim; c++)
            lane[(i / HR_LANES * dim + c) * HR_LANES + i % HR_LANES] = row[i * dim + c];
}

HR_SIMD void hr_across_multiply(const hr_across *across, const float *x, int64_t block, float *product)
{
    const hr_f32x16 *line = across->line + block * across->dim;
    hr_f32x16 even = {0}, odd = {0};
    int64_t c = 0;
    for (; c + 1 < across->dim; c += 2) {
        even += x[c] * line[c];
        odd += x[c + 1] * line[c + 1];
    }
    if (c < across->dim)
        even += x[c] * line[c];
    even += odd;
    memcpy(product, &even, sizeof even);
}
