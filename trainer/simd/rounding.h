/* Rounding of doubles to multiples of a unit, which makes sums the same in any order. numerics/summation.h
 * says why, and which unit. */
#ifndef HR_TRAINER_KERNELS_ROUNDING_H
#define HR_TRAINER_KERNELS_ROUNDING_H

/* A number so large that neighbouring doubles are a unit apart: x + shift - shift is the multiple of the unit
 * nearest to x, for x of size 2^51 units at most; it is x itself for unit 0. */
static inline double hr_unit_shift(double unit)
{
    return 0x1.8p52 * unit;
}

static inline double hr_round_to_unit(double x, double unit)
{
    return x + hr_unit_shift(unit) - hr_unit_shift(unit);
}

#endif
