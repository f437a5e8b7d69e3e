/* Frequencies as the bars of a chart. */
#ifndef HR_IO_STATISTICS_BARS_H
#define HR_IO_STATISTICS_BARS_H

#include "io/statistics/frequencies.h"

#include <stdint.h>

enum { HR_MOST_BARS = 128 };

/* Of the numbers from `from` up to, and not with, `end`; or of one number, where both are the same. */
typedef struct hr_bar {
    double from, end;
    int64_t count;
} hr_bar;

/* Of counts: 1, 2 to 3, 4 to 7, and so on, from the bar of the lowest to that of the highest. Returns how many. */
int hr_bars_doubling(const hr_frequencies *f, hr_bar bar[HR_MOST_BARS]);

/* A bar for each number where there are at most `most`, else `most` bars of the same width. Returns how many.
 *   most  at most HR_MOST_BARS */
int hr_bars_even(const hr_frequencies *f, int most, hr_bar bar[HR_MOST_BARS]);

#endif
