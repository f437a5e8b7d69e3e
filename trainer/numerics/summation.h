/* How a run adds numbers up: plainly, or reproducibly, so that a sum comes out the same in any order,
 * whatever ranks, threads and parts of the graph its terms come from (`train --reproducible`).
 *
 * A reproducible sum is a double whose terms are rounded to multiples of one unit, a power of two. As long as
 * it stays below 2^53 units it is added up without rounding, and the order of its terms does not matter
 * (Demmel & Nguyen, "Fast Reproducible Floating-Point Summation", ARITH 2013, with one bin). The unit follows
 * from a bound of the sum that all ranks agree on before anything is added. A term keeps all 24 bits of a
 * float down to 2^-27 of the bound, so that less is lost than in a sum of floats.
 *
 * Code that adds up is the same for both. It bounds its sums, and bounds cost nothing where sums are plain:
 *
 *     double largest;
 *     HR_TRY(hr_largest_entry(how, comm, x, count, &largest, err));      plain: 0, no message between ranks
 *     hr_row_sums_bound(&sums, neighbours * largest);                    plain: nothing (row_sums.h)
 *     hr_scalar_sum loss = hr_scalar_sum_of(how, batch * largest);       plain: unit 0, which rounds nothing */
#ifndef HR_TRAINER_NUMERICS_SUMMATION_H
#define HR_TRAINER_NUMERICS_SUMMATION_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/simd/rounding.h"

#include <stdint.h>

/* Plain sums are of floats, and depend on the order of their terms in the last bits. */
typedef enum hr_summation { HR_SUM_PLAIN, HR_SUM_REPRODUCIBLE } hr_summation;

/* The unit of a reproducible sum of any number of terms that is always at most `bound` in size: 2^-51 to
 * 2^-50 of it. 0, which rounds nothing, where sums are plain and where the bound is 0 or not a number. */
double hr_sum_unit(hr_summation how, double bound);

/* The unit to which factors are rounded so that up to `terms` products of two of them, none of them above
 * `largest` in size, add up without rounding. Likewise 0. */
double hr_factor_unit(hr_summation how, double largest, int64_t terms);

/* The largest size among `count` values of each rank, to bound sums by; values that are not numbers are left
 * out. Collective on comm where sums are reproducible. Where they are plain it is not needed:
 * *largest is 0, and the call is local. HR_COMM. */
hr_status hr_largest_entry(hr_summation how, const hr_comm *comm, const float *values, int64_t count,
                           double *largest, hr_error *err);

/* One sum in a double. Ranks' sums are added by hr_sum_f64 of their values. */
typedef struct hr_scalar_sum {
    double value, unit;
} hr_scalar_sum;

/* An empty sum that will be at most `bound` in size. */
static inline hr_scalar_sum hr_scalar_sum_of(hr_summation how, double bound)
{
    return (hr_scalar_sum){0.0, hr_sum_unit(how, bound)};
}

static inline void hr_scalar_sum_add(hr_scalar_sum *sum, double term)
{
    sum->value += hr_round_to_unit(term, sum->unit);
}

#endif
