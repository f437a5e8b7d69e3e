#include "io/base/memory.h"

#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>

/* Arrays of at least this many bytes ask for pages of as many bytes: rows that are read in random order then
 * miss the TLB less often. */
enum { HUGE_PAGE = 1 << 21, PAGE = 1 << 12 };

/* An array that nobody has touched, of *rounded bytes. */
static void *reserve(int64_t count, size_t size, size_t *rounded)
{
    if (count < 0 || (uint64_t)count > (SIZE_MAX - HR_CACHE_LINE) / size)
        return NULL;
    const size_t bytes = (size_t)count * size;
    const size_t boundary = bytes < HUGE_PAGE ? HR_CACHE_LINE : HUGE_PAGE;
    *rounded = (bytes + HR_CACHE_LINE) / HR_CACHE_LINE * HR_CACHE_LINE;
    void *array = NULL;
    if (posix_memalign(&array, boundary, *rounded) != 0)
        return NULL;
    if (boundary == HUGE_PAGE)
        (void)madvise(array, *rounded, MADV_HUGEPAGE);
    return array;
}

void *hr_alloc(int64_t count, size_t size)
{
    size_t bytes = 0;
    void *array = reserve(count, size, &bytes);
    if (array)
        memset(array, 0, bytes);
    return array;
}

void *hr_alloc_shared(int64_t count, size_t size)
{
    size_t bytes = 0;
    char *array = reserve(count, size, &bytes);
    if (!array)
        return NULL;
#pragma omp parallel for schedule(static) if (bytes >= HUGE_PAGE)
    for (size_t at = 0; at < bytes; at += PAGE)
        memset(array + at, 0, bytes - at < PAGE ? bytes - at : PAGE);
    return array;
}

void *hr_grow(void *array, int64_t *capacity, int64_t needed, size_t size)
{
    if (array && needed <= *capacity)
        return array;
    int64_t wanted = *capacity > 0 ? *capacity : 64;
    while (wanted < needed)
        wanted *= 2;
    if ((uint64_t)wanted > SIZE_MAX / size)
        return NULL;
    void *grown = realloc(array, (size_t)wanted * size);
    if (grown)
        *capacity = wanted;
    return grown;
}

hr_status hr_fail_memory(hr_error *err, int64_t count, size_t size, const char *what)
{
    return hr_fail(err, HR_MEMORY,
                   "out of memory: no room for %s, %" PRId64
                   " elements of %zu bytes; use more ranks, more "
                   "machines or a smaller --dim",
                   what, count, size);
}
