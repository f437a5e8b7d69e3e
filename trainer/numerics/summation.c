#include "trainer/numerics/summation.h"

#include <math.h>

/* The power of two above a size of at least 0, times 2^-bits; 0 for 0 and for what is not a number. */
static double power_above(double size, int bits)
{
    return size > 0.0 && isfinite(size) ? ldexp(1.0, ilogb(size) + 1 - bits) : 0.0;
}

double hr_sum_unit(hr_summation how, double bound)
{
    const int bits = 51; /* a term plus the shift of kernels' rounding stays between 2^52 and 2^53 units */
    return how == HR_SUM_REPRODUCIBLE ? power_above(bound, bits) : 0.0;
}

double hr_factor_unit(hr_summation how, double largest, int64_t terms)
{
    const int bits = (53 - (ilogb((double)terms) + 1)) / 2;
    return how == HR_SUM_REPRODUCIBLE ? power_above(largest, bits) : 0.0;
}

hr_status hr_largest_entry(hr_summation how, const hr_comm *comm, const float *values, int64_t count,
                           double *largest, hr_error *err)
{
    float most = 0.0F;
    *largest = 0.0;
    if (how == HR_SUM_PLAIN)
        return HR_OK;
#pragma omp parallel for simd schedule(static) reduction(max : most)
    for (int64_t i = 0; i < count; i++) {
        const float size = fabsf(values[i]);
        most = size > most ? size : most;
    }
    *largest = (double)most;
    return hr_max_f64(comm, largest, 1, err);
}
