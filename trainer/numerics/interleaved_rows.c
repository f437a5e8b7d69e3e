#include "trainer/numerics/interleaved_rows.h"

#include "io/base/memory.h"

#include <string.h>

hr_status hr_interleaved_rows_create(hr_interleaved_rows *rows, int64_t count, int64_t dim, hr_summation how,
                                     hr_error *err)
{
    hr_status status = HR_OK;
    rows->fused = how == HR_SUM_PLAIN;
    rows->dim = dim;
    rows->blocks = (count + HR_LANES - 1) / HR_LANES;
    HR_ALLOC_SHARED(rows->line, rows->blocks * dim);
done:
    return status;
}

void hr_interleaved_rows_free(hr_interleaved_rows *rows)
{
    free(rows->line);
    *rows = (hr_interleaved_rows){0};
}

void hr_interleaved_rows_fill(hr_interleaved_rows *rows, const float *row, int64_t count)
{
    const int64_t dim = rows->dim;
    float *lane = (float *)rows->line;
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < count; i++)
        for (int64_t c = 0; c < dim; c++)
            lane[(i / HR_LANES * dim + c) * HR_LANES + i % HR_LANES] = row[i * dim + c];
}

void hr_interleaved_rows_products(const hr_interleaved_rows *rows, const float *x, int64_t count,
                                  int64_t first, int64_t products, float *product, int64_t stride)
{
    const int64_t dim = rows->dim, blocks = products / HR_LANES, rest = products % HR_LANES;
    const hr_line *line = rows->line + first / HR_LANES * dim, *last = line + blocks * dim;
    float lanes[HR_LANES];
    hr_scores_of_rows(rows->fused, line, blocks, dim, x, count, product, stride);
    for (int64_t i = 0; rest > 0 && i < count; i++) {
        hr_scores_of_rows(rows->fused, last, 1, dim, x + i * dim, 1, lanes, HR_LANES);
        memcpy(product + i * stride + blocks * HR_LANES, lanes, (size_t)rest * sizeof *lanes);
    }
}
