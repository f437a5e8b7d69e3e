/* Arrays on the heap: zeroed, aligned to a cache line, with one message when there is no room. */
#ifndef HR_IO_BASE_MEMORY_H
#define HR_IO_BASE_MEMORY_H

#include "io/base/error.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

enum { HR_CACHE_LINE = 64 };

/* Returns count x size zeroed bytes aligned to HR_CACHE_LINE, on huge pages where there are some and the
 * array is large; never NULL for count 0, NULL where there is no room or the product overflows. Free with
 * free(). */
void *hr_alloc(int64_t count, size_t size);

/* The same for an array whose elements threads divide evenly, `schedule(static)`: each zeroes its share, so that
 * on a machine of several NUMA nodes a page is on the node of the thread that works on it. Arrays smaller than a
 * huge page are zeroed by the caller. */
void *hr_alloc_shared(int64_t count, size_t size);

/* Makes *capacity at least `needed` elements of `size` bytes by doubling, keeping the content of
 * `array` (NULL with capacity 0 at first). New elements are not zeroed. Returns the array, which may
 * have moved, or NULL where there is no room; the old one is then still whole. Free with free(). */
void *hr_grow(void *array, int64_t *capacity, int64_t needed, size_t size);

/* Leaves the message for an allocation that failed and returns HR_MEMORY. */
hr_status hr_fail_memory(hr_error *err, int64_t count, size_t size, const char *what);

/* Allocates `count` elements for `pointer`, or fails as HR_TRY does; needs `status`, `err`, `done:`. */
#define HR_ALLOC(pointer, count)                                                                             \
    do {                                                                                                     \
        (pointer) = hr_alloc((count), sizeof *(pointer));                                                    \
        if (!(pointer))                                                                                      \
            HR_TRY(hr_fail_memory(err, (count), sizeof *(pointer), #pointer));                               \
    } while (0)

/* HR_ALLOC by hr_alloc_shared. */
#define HR_ALLOC_SHARED(pointer, count)                                                                      \
    do {                                                                                                     \
        (pointer) = hr_alloc_shared((count), sizeof *(pointer));                                             \
        if (!(pointer))                                                                                      \
            HR_TRY(hr_fail_memory(err, (count), sizeof *(pointer), #pointer));                               \
    } while (0)

/* Grows `pointer` to hold `needed` elements, or fails as HR_TRY does. */
#define HR_GROW(pointer, capacity, needed)                                                                   \
    do {                                                                                                     \
        void *grown_ = hr_grow((pointer), &(capacity), (needed), sizeof *(pointer));                         \
        if (!grown_)                                                                                         \
            HR_TRY(hr_fail_memory(err, (needed), sizeof *(pointer), #pointer));                              \
        (pointer) = grown_;                                                                                  \
    } while (0)

#endif
