/* A cache line of memory, sixteen floats or eight doubles: what kernels load, add to and store. */
#ifndef HR_TRAINER_SIMD_LINE_H
#define HR_TRAINER_SIMD_LINE_H

#include <omp.h>
#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>

enum { HR_LANES = 16 };

typedef union hr_line {
    alignas(64) float floats[HR_LANES];
    double doubles[HR_LANES / 2];
} hr_line;

/* Bytes of a row's 16 columns from `first` on, of `cols`: 64, or fewer at the end. */
static inline size_t hr_lanes_bytes(int64_t cols, int64_t first)
{
    const int64_t left = cols - first;
    return (size_t)(left < HR_LANES ? left : HR_LANES) * sizeof(float);
}

/* Columns for each thread where threads divide them: whole cache lines, divided evenly. */
static inline int64_t hr_columns_a_thread(int64_t dim)
{
    const int64_t lines = (dim + HR_LANES - 1) / HR_LANES, threads = omp_get_max_threads();
    const int64_t share = (lines + threads - 1) / threads;
    return (share > 0 ? share : 1) * HR_LANES;
}

#endif
