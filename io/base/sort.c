#include "io/base/sort.h"

#include <stdlib.h>

static int by_i32(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static int by_i64(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static int by_f64(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int by_key(const void *a, const void *b)
{
    const hr_keyed *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

static void sort(void *array, int64_t count, size_t size, int (*compare)(const void *, const void *))
{
    if (count > 1)
        qsort(array, (size_t)count, size, compare);
}

void hr_sort_i32(int32_t *values, int64_t count)
{
    sort(values, count, sizeof *values, by_i32);
}

void hr_sort_i64(int64_t *values, int64_t count)
{
    sort(values, count, sizeof *values, by_i64);
}

void hr_sort_f64(double *values, int64_t count)
{
    sort(values, count, sizeof *values, by_f64);
}

void hr_sort_keyed(hr_keyed *records, int64_t count)
{
    sort(records, count, sizeof *records, by_key);
}
