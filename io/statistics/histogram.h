/* Numbers counted as they come, in bounded memory: each different one by itself while these are few, and rounded down to
 * multiples of a power of two where they are many. */
#ifndef HR_IO_STATISTICS_HISTOGRAM_H
#define HR_IO_STATISTICS_HISTOGRAM_H

#include "io/statistics/frequencies.h"

#include <stdint.h>

/* Most different numbers. */
enum { HR_HISTOGRAM_NUMBERS = 4096 };

/* Zero-initialise. */
typedef struct hr_histogram {
    int64_t count;
    double unit; /* of which numbers are multiples; 0: they are exact */
    double value[HR_HISTOGRAM_NUMBERS];
    int64_t times[HR_HISTOGRAM_NUMBERS];
} hr_histogram;

/* Counts a number; one that is not finite is left out. */
void hr_histogram_add(hr_histogram *h, double number);

/* The numbers counted so far. HR_MEMORY. */
hr_status hr_histogram_frequencies(const hr_histogram *h, hr_frequencies *f, hr_error *err);

#endif
