/* Binary search in sorted arrays, without a branch that depends on the data: the processor would guess it
 * wrong every other time. */
#ifndef HR_IO_BASE_SEARCH_H
#define HR_IO_BASE_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

enum { HR_NOT_FOUND = -1 };

/* Whether element `index` of what `array` points to comes before `wanted`. */
typedef bool hr_comes_before(const void *array, int64_t index, int64_t wanted);

/* Number of elements, of `count`, that come before `wanted`; those that do are the first ones. Equals the
 * index of the first element that does not, or `count`. The predicate is inlined where it is known at compile
 * time. */
static inline __attribute__((always_inline)) int64_t hr_bisect(const void *array, int64_t count,
                                                               int64_t wanted, hr_comes_before *comes_before)
{
    int64_t first = 0;
    for (int64_t left = count; left > 1;) {
        const int64_t half = left / 2;
        first += comes_before(array, first + half - 1, wanted) ? half : 0;
        left -= half;
    }
    return first + (count > 0 && comes_before(array, first, wanted));
}

static inline bool hr_is_less_i32(const void *array, int64_t index, int64_t wanted)
{
    return ((const int32_t *)array)[index] < (int32_t)wanted;
}

static inline bool hr_is_less_i64(const void *array, int64_t index, int64_t wanted)
{
    return ((const int64_t *)array)[index] < wanted;
}

/* Index of the first element that is not below `wanted`, or `count`.
 *   ascending  [count] */
static inline int64_t hr_lower_bound_i32(const int32_t *ascending, int64_t count, int32_t wanted)
{
    return hr_bisect(ascending, count, wanted, hr_is_less_i32);
}

static inline int64_t hr_lower_bound_i64(const int64_t *ascending, int64_t count, int64_t wanted)
{
    return hr_bisect(ascending, count, wanted, hr_is_less_i64);
}

/* Index of the first element that equals `wanted`, or HR_NOT_FOUND.
 *   ascending  [count] */
static inline int64_t hr_find_i32(const int32_t *ascending, int64_t count, int32_t wanted)
{
    const int64_t at = hr_lower_bound_i32(ascending, count, wanted);
    return at < count && ascending[at] == wanted ? at : HR_NOT_FOUND;
}

static inline int64_t hr_find_i64(const int64_t *ascending, int64_t count, int64_t wanted)
{
    const int64_t at = hr_lower_bound_i64(ascending, count, wanted);
    return at < count && ascending[at] == wanted ? at : HR_NOT_FOUND;
}

#endif
