/* Vectors of a cache line, sixteen floats or eight doubles, that the compiler maps to what the processor has.
 */
#ifndef HR_TRAINER_SIMD_H
#define HR_TRAINER_SIMD_H

#include <omp.h>
#include <stdint.h>

enum { HR_LANES = 16 };

typedef float hr_f32x16 __attribute__((vector_size(4 * HR_LANES)));
typedef double hr_f64x8 __attribute__((vector_size(4 * HR_LANES)));

/* Compiles a function for plain x86-64, AVX2 and AVX-512 and picks one when the program starts, so that one
 * binary runs on any x86-64. Other processors have one version. Sanitizers run before the picking could. */
#if defined(__x86_64__) && defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)
#define HR_SIMD __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define HR_SIMD
#endif

static inline __attribute__((always_inline)) float hr_dot(const float *restrict x, const float *restrict y,
                                                          int64_t dim)
{
    float sum = 0.0F;
#pragma omp simd reduction(+ : sum)
    for (int64_t c = 0; c < dim; c++)
        sum += x[c] * y[c];
    return sum;
}

/* Columns for each thread where threads share them out: whole cache lines, as many as leave every thread
 * some.
 */
static inline int64_t hr_columns_a_thread(int64_t dim)
{
    const int64_t lines = (dim + HR_LANES - 1) / HR_LANES, threads = omp_get_max_threads();
    const int64_t share = (lines + threads - 1) / threads;
    return (share > 0 ? share : 1) * HR_LANES;
}

#endif
