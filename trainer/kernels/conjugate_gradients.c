#include "trainer/kernels/conjugate_gradients.h"

#include "trainer/simd/vectors.h"

HR_BODY float dot(const hr_cg_rows *rows, const float *x, const float *y)
{
    return rows->fused ? hr_dot_rows(true, x, y, rows->dim) : hr_dot_rows(false, x, y, rows->dim);
}

void HR_OF_ISA(hr_cg_begin)(const hr_cg_rows *rows, int64_t first, int64_t count)
{
    const int64_t dim = rows->dim;
    for (int64_t v = first; v < first + count; v++) {
        memcpy(rows->residual + v * dim, rows->product + v * dim, (size_t)dim * sizeof(float));
        memcpy(rows->direction + v * dim, rows->product + v * dim, (size_t)dim * sizeof(float));
        rows->square[v] = dot(rows, rows->residual + v * dim, rows->residual + v * dim);
    }
}

/* The length of a step along the direction, in directions. */
HR_BODY float step_of(const hr_cg_rows *rows, int64_t v)
{
    const float curvature = dot(rows, rows->direction + v * rows->dim, rows->product + v * rows->dim);
    return curvature > 0.0F ? rows->square[v] / curvature : 0.0F;
}

void HR_OF_ISA(hr_cg_step)(const hr_cg_rows *rows, int64_t first, int64_t count)
{
    const int64_t dim = rows->dim;
    for (int64_t v = first; v < first + count; v++) {
        float *direction = rows->direction + v * dim, *residual = rows->residual + v * dim;
        const float step = step_of(rows, v);
        hr_add_scaled_row(rows->x + v * dim, step, direction, dim);
        hr_add_scaled_row(residual, -step, rows->product + v * dim, dim);
        const float square = dot(rows, residual, residual);
        const float keep = rows->square[v] > 0.0F ? square / rows->square[v] : 0.0F;
        rows->square[v] = square;
        for (int64_t c = 0; c < dim; c++)
            direction[c] = residual[c] + keep * direction[c];
    }
}

void HR_OF_ISA(hr_cg_last_step)(const hr_cg_rows *rows, int64_t first, int64_t count)
{
    for (int64_t v = first; v < first + count; v++)
        hr_add_scaled_row(rows->x + v * rows->dim, step_of(rows, v), rows->direction + v * rows->dim,
                          rows->dim);
}
