#include "io/base/offsets.h"

#include <string.h>

void hr_offsets_sum(int64_t *ptr, int64_t groups)
{
    for (int64_t g = 0; g < groups; g++)
        ptr[g + 1] += ptr[g];
}

void hr_offsets_restore(int64_t *ptr, int64_t groups)
{
    memmove(ptr + 1, ptr, (size_t)groups * sizeof *ptr);
    ptr[0] = 0;
}

int64_t hr_offsets_largest(const int64_t *ptr, int64_t groups)
{
    int64_t largest = 0;
    for (int64_t g = 0; g < groups; g++)
        if (ptr[g + 1] - ptr[g] > largest)
            largest = ptr[g + 1] - ptr[g];
    return largest;
}

void hr_counting_sort(const int32_t *key, int64_t count, int64_t groups, int64_t *ptr, int64_t *order)
{
    memset(ptr, 0, (size_t)(groups + 1) * sizeof *ptr);
    for (int64_t i = 0; i < count; i++)
        ptr[key[i] + 1]++;
    hr_offsets_sum(ptr, groups);
    for (int64_t i = 0; i < count; i++)
        order[ptr[key[i]]++] = i;
    hr_offsets_restore(ptr, groups);
}
