/* Sums that kernels add to: floats, or doubles rounded to a unit (simd/rounding.h), which come out the same in any
 * order. */
#ifndef HR_TRAINER_KERNELS_SUMS_H
#define HR_TRAINER_KERNELS_SUMS_H

#include "trainer/simd/dispatch.h"
#include "trainer/simd/rounding.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Made and freed by hr_row_sums_create and hr_row_sums_free (numerics/row_sums.h); others hold views. */
typedef struct hr_row_sums {
    float *floats;   /* plain sums, or what hr_row_sums_round makes of reproducible ones */
    double *doubles; /* reproducible sums; NULL where sums are plain */
    double unit;     /* of reproducible sums */
} hr_row_sums;

/* Adds factor * row[c] to the sums at at + c, for c from `first` to `end` - 1. `doubles` says which sums
 * there are, and is a constant. */
HR_BODY void hr_row_sums_add(const hr_row_sums *sums, bool doubles, int64_t at, float factor,
                             const float *restrict row, int64_t first, int64_t end)
{
    float *restrict plain = sums->floats;
    double *restrict sum = sums->doubles;
    const double unit = sums->unit, by = (double)factor;
    if (doubles) {
#pragma omp simd
        for (int64_t c = first; c < end; c++)
            sum[at + c] += hr_round_to_unit(by * (double)row[c], unit);
    } else {
#pragma omp simd
        for (int64_t c = first; c < end; c++)
            plain[at + c] += factor * row[c];
    }
}

/* Adds factor * a[c] * b[c]. Likewise. */
HR_BODY void hr_row_sums_add_product(const hr_row_sums *sums, bool doubles, int64_t at, float factor,
                                     const float *restrict a, const float *restrict b, int64_t first,
                                     int64_t end)
{
    float *restrict plain = sums->floats;
    double *restrict sum = sums->doubles;
    const double unit = sums->unit;
    for (int64_t c = first; c < end; c++) {
        const float by = factor * a[c];
        if (doubles)
            sum[at + c] += hr_round_to_unit((double)by * (double)b[c], unit);
        else
            plain[at + c] += by * b[c];
    }
}

/* The same for callers that are not kernels. */
HR_KERNEL(void, hr_row_sums_add_row,
          (const hr_row_sums *sums, int64_t at, float factor, const float *restrict row, int64_t first,
           int64_t end),
          (sums, at, factor, row, first, end))
HR_KERNEL(void, hr_row_sums_add_row_product,
          (const hr_row_sums *sums, int64_t at, float factor, const float *restrict a,
           const float *restrict b, int64_t first, int64_t end),
          (sums, at, factor, a, b, first, end))

#endif
