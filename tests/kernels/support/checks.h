/* Checks of kernels against plain loops. With nothing but the C library, so that they run on the emulator of another
 * processor as well (tests/arm64). */
#ifndef HR_TESTS_KERNELS_SUPPORT_CHECKS_H
#define HR_TESTS_KERNELS_SUPPORT_CHECKS_H

#include "trainer/kernels/sums.h"
#include "trainer/simd/line.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* What doubles are rounded to, and a bound of rounding errors of floats. */
static const double sum_unit = 0x1p-30, tolerance = 2e-5;

/* Numbers between -1/2 and 1/2 at the start of a cache line, others for each draw; free with free. */
float *some_floats(int64_t count, uint32_t draw);
hr_line *some_lines(int64_t count, uint32_t draw);

/* Multiples of the unit. */
double *some_doubles(int64_t count, uint32_t draw);

/* Sums of either kind, all drawn. The members that are not NULL are to be freed. */
hr_row_sums some_sums(bool doubles, int64_t count, uint32_t draw);
double sum_number(const hr_row_sums *sums, int64_t i);

/* Lane c of a line of floats, or of doubles. */
double lane_of(bool doubles, const hr_line *line, int64_t c);

/* Fails the check unless found is expected: but for rounding, or exactly where `exact`. */
void check_number(const char *what, bool exact, double found, double expected);

/* Fails the check. */
void check_that(const char *what, bool holds);

/* What must have the same bits on all instruction sets: a checksum of all of it is printed at the end. */
void keep_bits(const void *numbers, size_t bytes);

/* Makes the checks by the instruction set that HALOREC_ISA names, and returns main's value: 77 where this processor
 * lacks it. */
typedef void check(void);
int run_checks(check *const *checks, size_t count);

#define RUN_CHECKS(...)                                                                                      \
    int main(void)                                                                                           \
    {                                                                                                        \
        check *const checks[] = {__VA_ARGS__};                                                               \
        return run_checks(checks, sizeof checks / sizeof *checks);                                           \
    }

#endif
