#include "trainer/kernels/conjugate_gradients.h"

#include "trainer/simd/vectors.h"

HR_BODY float dot(const hr_cg_rows *rows, const float *x, const float *y)
{
    return rows->fused ? hr_dot_rows(true, x, y, rows->dim) : hr_dot_rows(false, x, y, rows->dim);
}

void HR_OF_ISA(hr_cg_add_diagonal)(const hr_cg_rows *rows, const float *x, float sign, int64_t first,
                                   int64_t count)
{
    const int64_t dim = rows->dim;
    const float *restrict spectrum = rows->spectrum;
    for (int64_t v = first; v < first + count; v++) {
        float *restrict product = rows->product + v * dim;
        const float *restrict row = x + v * dim, weight = rows->weight[v];
#pragma omp simd
        for (int64_t c = 0; c < dim; c++)
            product[c] += sign * (spectrum[c] + weight) * row[c];
    }
}

/* to = M^-1 residual of vertex v. Where the matrix is 0 so is the residual. */
HR_BODY void precondition(const hr_cg_rows *rows, int64_t v, float *restrict to)
{
    const float *restrict residual = rows->residual + v * rows->dim;
    const float *restrict spectrum = rows->spectrum, *restrict moment = rows->moment;
    const float weight = rows->weight[v] + 1e-30F, degree = (float)rows->degree[v];
#pragma omp simd
    for (int64_t c = 0; c < rows->dim; c++)
        to[c] = residual[c] / (spectrum[c] + weight + degree * moment[c]);
}

void HR_OF_ISA(hr_cg_begin)(const hr_cg_rows *rows, int64_t first, int64_t count)
{
    const int64_t dim = rows->dim;
    for (int64_t v = first; v < first + count; v++) {
        memcpy(rows->residual + v * dim, rows->product + v * dim, (size_t)dim * sizeof(float));
        precondition(rows, v, rows->direction + v * dim);
        rows->square[v] = dot(rows, rows->residual + v * dim, rows->direction + v * dim);
    }
}

void HR_OF_ISA(hr_cg_step)(const hr_cg_rows *rows, int64_t first, int64_t count)
{
    const int64_t dim = rows->dim;
    for (int64_t v = first; v < first + count; v++) {
        float *restrict direction = rows->direction + v * dim, *restrict product = rows->product + v * dim;
        const float curvature = dot(rows, direction, product);
        const float step = curvature > 0.0F ? rows->square[v] / curvature : 0.0F;
        hr_add_scaled_row(rows->x + v * dim, step, direction, dim);
        hr_add_scaled_row(rows->residual + v * dim, -step, product, dim);
        precondition(rows, v, product); /* which is no longer needed */
        const float square = dot(rows, rows->residual + v * dim, product);
        const float keep = rows->square[v] > 0.0F ? square / rows->square[v] : 0.0F;
        rows->square[v] = square;
#pragma omp simd
        for (int64_t c = 0; c < dim; c++)
            direction[c] = product[c] + keep * direction[c];
    }
}

void HR_OF_ISA(hr_cg_last_step)(const hr_cg_rows *rows, int64_t first, int64_t count)
{
    const int64_t dim = rows->dim;
    for (int64_t v = first; v < first + count; v++) {
        const float *restrict direction = rows->direction + v * dim, *restrict spectrum = rows->spectrum;
        float *restrict product = rows->product + v * dim;
        const float weight = rows->weight[v];
#pragma omp simd
        for (int64_t c = 0; c < dim; c++)
            product[c] = (spectrum[c] + weight) * direction[c];
        const float curvature = rows->curvature[v] + dot(rows, direction, product);
        hr_add_scaled_row(rows->x + v * dim, curvature > 0.0F ? rows->square[v] / curvature : 0.0F, direction,
                          dim);
    }
}
