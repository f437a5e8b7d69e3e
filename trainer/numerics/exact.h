/* Sums that come out the same in any order, whatever ranks, threads and parts they were added up by.
 *
 * Doubles that are multiples of one unit, a power of two, add up without rounding as long as no sum passes
 * 2^53 units: then order does not matter (Demmel & Nguyen, "Fast Reproducible Floating-Point Summation",
 * ARITH 2013, with one bin). So: find a bound of the sums that all ranks agree on, take the unit from it,
 * round each value to the unit before it is added. What is lost is less than floats lose: of a float's 24
 * bits all stay, down to 2^-29 of the bound. */
#ifndef HR_TRAINER_NUMERICS_EXACT_H
#define HR_TRAINER_NUMERICS_EXACT_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/kernels/rounding.h"

#include <math.h>
#include <stdint.h>

/* The unit of sums of any length whose parts never pass `bound` in size: 2^-51 of it or a little more. 0,
 * which rounds nothing, where the bound is 0 or no number. */
static inline double hr_exact_unit(double bound)
{
    return bound > 0.0 && isfinite(bound) ? ldexp(1.0, ilogb(bound) + 1 - 51) : 0.0;
}

/* The unit to which factors, none larger than `largest`, are rounded so that up to `terms` products of two of
 * them add up exactly; 0 where the largest is 0 or no number. */
static inline double hr_exact_factor_unit(double largest, int64_t terms)
{
    const int bits = (53 - (ilogb((double)terms) + 1)) / 2;
    return largest > 0.0 && isfinite(largest) ? ldexp(1.0, ilogb(largest) + 1 - bits) : 0.0;
}

/* The largest size of all ranks' values; what is no number counts for nothing. Collective. HR_COMM. */
hr_status hr_exact_largest(const hr_comm *comm, const float *values, int64_t count, double *largest,
                           hr_error *err);

#endif
