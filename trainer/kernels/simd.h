/* Vectors of a cache line, sixteen floats or eight doubles, that the compiler maps to what the processor has.
 */
#ifndef HR_TRAINER_KERNELS_SIMD_H
#define HR_TRAINER_KERNELS_SIMD_H

#include "trainer/kernels/dispatch.h"

#include <omp.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { HR_LANES = 16 };

typedef float hr_f32x16 __attribute__((vector_size(4 * HR_LANES)));
typedef double hr_f64x8 __attribute__((vector_size(4 * HR_LANES)));
typedef float hr_f32x8 __attribute__((vector_size(2 * HR_LANES)));

/* to += factor * from. */
HR_BODY void hr_add_scaled(float *restrict to, float factor, const float *restrict from, int64_t dim)
{
#pragma omp simd
    for (int64_t c = 0; c < dim; c++)
        to[c] += factor * from[c];
}

HR_BODY float hr_dot(const float *restrict x, const float *restrict y, int64_t dim)
{
    float sum = 0.0F;
#pragma omp simd reduction(+ : sum)
    for (int64_t c = 0; c < dim; c++)
        sum += x[c] * y[c];
    return sum;
}

/* Bytes of a row's 16 columns from `first` on, of `cols`: 64, or fewer at the end. */
static inline size_t hr_lanes_bytes(int64_t cols, int64_t first)
{
    const int64_t left = cols - first;
    return (size_t)(left < HR_LANES ? left : HR_LANES) * sizeof(float);
}

/* A line from and to memory, of which `bytes` bytes are there, the rest being zero: whole ones are single
 * moves. */
static inline void hr_lanes_load(hr_f32x16 *lanes, const float *from, size_t bytes)
{
    if (bytes == sizeof *lanes) {
        memcpy(lanes, from, sizeof *lanes);
    } else {
        *lanes = (hr_f32x16){0};
        memcpy(lanes, from, bytes);
    }
}

static inline void hr_lanes_store(float *to, const hr_f32x16 *lanes, size_t bytes)
{
    if (bytes == sizeof *lanes)
        memcpy(to, lanes, sizeof *lanes);
    else
        memcpy(to, lanes, bytes);
}

/* a += b, lines. */
HR_BODY void hr_line_add(bool doubles, hr_f32x16 *a, const hr_f32x16 *b)
{
    if (doubles)
        *a = (hr_f32x16)((hr_f64x8)*a + (hr_f64x8)*b);
    else
        *a += *b;
}

/* Eight doubles from and to floats, of which `bytes` bytes are there. */
HR_BODY void hr_widen(hr_f64x8 *to, const float *from, size_t bytes)
{
    hr_f32x8 eight = {0};
    memcpy(&eight, from, bytes);
    *to = __builtin_convertvector(eight, hr_f64x8);
}

HR_BODY void hr_narrow(float *to, const hr_f64x8 *from, size_t bytes)
{
    const hr_f32x8 eight = __builtin_convertvector(*from, hr_f32x8);
    memcpy(to, &eight, bytes);
}

/* Columns for each thread where threads divide them: whole cache lines, divided evenly. */
static inline int64_t hr_columns_a_thread(int64_t dim)
{
    const int64_t lines = (dim + HR_LANES - 1) / HR_LANES, threads = omp_get_max_threads();
    const int64_t share = (lines + threads - 1) / threads;
    return (share > 0 ? share : 1) * HR_LANES;
}

#endif
