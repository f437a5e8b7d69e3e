/* Sorting in place, in ascending order. An array of no elements may be NULL. */
#ifndef HR_IO_BASE_SORT_H
#define HR_IO_BASE_SORT_H

#include <stdint.h>

void hr_sort_i32(int32_t *values, int64_t count);
void hr_sort_i64(int64_t *values, int64_t count);
void hr_sort_f64(double *values, int64_t count);

/* A record's sort key and the record's number. For descending order negate the key. */
typedef struct hr_keyed {
    int64_t key, value;
} hr_keyed;

/* By key, equal keys by value. */
void hr_sort_keyed(hr_keyed *records, int64_t count);

/* Moves the `smallest` records that come first in that order to the front, in any order. Linear time where keys are
 * in random order (Hoare's quickselect). */
void hr_select_keyed(hr_keyed *records, int64_t count, int64_t smallest);

#endif
