/* The median, which summarises repeated measurements on a shared machine robustly. */
#ifndef HR_IO_BASE_MEDIAN_H
#define HR_IO_BASE_MEDIAN_H

/* The median of `count` values, at least 1 (the higher of the middle two); reorders them. */
double hr_median(double *values, int count);

#endif
