#include "trainer/kernels/sums.h"

void HR_OF_ISA(hr_row_sums_add_row)(const hr_row_sums *sums, int64_t at, float factor,
                                    const float *restrict row, int64_t first, int64_t end)
{
    if (sums->doubles)
        hr_row_sums_add(sums, true, at, factor, row, first, end);
    else
        hr_row_sums_add(sums, false, at, factor, row, first, end);
}

void HR_OF_ISA(hr_row_sums_add_row_product)(const hr_row_sums *sums, int64_t at, float factor,
                                            const float *restrict a, const float *restrict b, int64_t first,
                                            int64_t end)
{
    if (sums->doubles)
        hr_row_sums_add_product(sums, true, at, factor, a, b, first, end);
    else
        hr_row_sums_add_product(sums, false, at, factor, a, b, first, end);
}
