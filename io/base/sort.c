#include "io/base/sort.h"

#include <stdbool.h>
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

static bool is_before(const hr_keyed *a, const hr_keyed *b)
{
    return a->key != b->key ? a->key < b->key : a->value < b->value;
}

/* Moves records up to the pivot, one in the middle, to the front, and others behind them. Records first … *left come
 * before or are the pivot, *right … last come after or are it. */
static void divide(hr_keyed *r, int64_t first, int64_t last, int64_t *left, int64_t *right)
{
    const hr_keyed pivot = r[first + (last - first) / 2];
    int64_t low = first, high = last;
    while (low <= high) {
        while (is_before(&r[low], &pivot))
            low++;
        while (is_before(&pivot, &r[high]))
            high--;
        if (low <= high) {
            const hr_keyed swapped = r[low];
            r[low++] = r[high];
            r[high--] = swapped;
        }
    }
    *left = high;
    *right = low;
}

void hr_select_keyed(hr_keyed *records, int64_t count, int64_t smallest)
{
    int64_t first = 0, last = count - 1, left = 0, right = 0;
    while (smallest > first && smallest <= last) {
        divide(records, first, last, &left, &right);
        if (smallest - 1 <= left)
            last = left;
        else if (smallest - 1 >= right)
            first = right;
        else
            return; /* the pivot is in its place */
    }
}
