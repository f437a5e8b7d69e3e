/* How often each of some numbers occurs, and what follows: quantiles, mean, inequality. */
#ifndef HR_IO_STATISTICS_FREQUENCIES_H
#define HR_IO_STATISTICS_FREQUENCIES_H

#include "io/base/error.h"

#include <stdint.h>

/* Different values, ascending, and how often each occurs. Zero-initialise; free with hr_frequencies_free. */
typedef struct hr_frequencies {
    int64_t count;
    double *value;  /* [count] */
    int64_t *times; /* [count] above 0 */
} hr_frequencies;

void hr_frequencies_free(hr_frequencies *f);

/* Of counts above 0; sorts them in place. HR_MEMORY. */
hr_status hr_frequencies_of_counts(hr_frequencies *f, int32_t *counts, int64_t count, hr_error *err);

/* Shares of which there are quantiles: 0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1. */
enum { HR_QUANTILES = 9, HR_MEDIAN = 4 };
extern const double hr_quantile_shares[HR_QUANTILES];

typedef struct hr_distribution {
    int64_t count;                 /* numbers in all */
    double quantile[HR_QUANTILES]; /* the smallest value that a share of the numbers does not exceed */
    double mean;
    double gini; /* 0 where all numbers are the same, near 1 where few of them are nearly all of the sum */
} hr_distribution;

/* All zeros where there are no numbers. */
hr_distribution hr_distribution_of(const hr_frequencies *f);

#endif
