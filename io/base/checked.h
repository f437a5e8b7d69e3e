/* Sums and products of counts that come from a file or an option, which may be any number. */
#ifndef HR_IO_BASE_CHECKED_H
#define HR_IO_BASE_CHECKED_H

#include <stdbool.h>
#include <stdint.h>

/* Whether a + b is an int64_t, in *sum; otherwise *sum is of no use. */
static inline bool hr_sum_fits(int64_t a, int64_t b, int64_t *sum)
{
    return !__builtin_add_overflow(a, b, sum);
}

/* The same of a x b. */
static inline bool hr_product_fits(int64_t a, int64_t b, int64_t *product)
{
    return !__builtin_mul_overflow(a, b, product);
}

#endif
