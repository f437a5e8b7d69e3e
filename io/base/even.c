#include "io/base/even.h"

#include "io/base/search.h"

void hr_even_shares(int64_t count, int parts, int64_t *first)
{
    for (int part = 0; part <= parts; part++)
        first[part] = hr_block_first(count, part, parts);
}

void hr_even_groups(const int64_t *ptr, int64_t groups, int parts, int64_t *first)
{
    first[0] = 0;
    for (int part = 1; part < parts; part++)
        first[part] = hr_lower_bound_i64(ptr, groups, hr_block_first(ptr[groups], part, parts));
    first[parts] = groups;
}
