#include "trainer/numerics/row_blocks.h"

#include "io/base/memory.h"

hr_status hr_row_blocks_create(hr_row_blocks *blocks, int64_t count, int64_t dim, hr_error *err)
{
    hr_status status = HR_OK;
    blocks->dim = dim;
    blocks->count = (count + HR_LANES - 1) / HR_LANES;
    HR_ALLOC(blocks->line, blocks->count * dim);
done:
    return status;
}

void hr_row_blocks_free(hr_row_blocks *blocks)
{
    free(blocks->line);
    *blocks = (hr_row_blocks){0};
}

void hr_row_blocks_fill(hr_row_blocks *blocks, const float *row, int64_t count)
{
    const int64_t dim = blocks->dim;
    float *lane = (float *)blocks->line;
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < count; i++)
        for (int64_t c = 0; c < dim; c++)
            lane[(i / HR_LANES * dim + c) * HR_LANES + i % HR_LANES] = row[i * dim + c];
}
