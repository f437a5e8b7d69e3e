/* Cutting things into parts of even size. */
#ifndef HR_IO_BASE_EVEN_H
#define HR_IO_BASE_EVEN_H

#include <stdint.h>

/* First of part `part` where `count` things are cut into `parts` parts whose sizes differ by 1 at most:
 * floor(count * part / parts), without overflow. part = parts gives count. */
static inline int64_t hr_block_first(int64_t count, int part, int parts)
{
    return count / parts * part + count % parts * part / parts;
}

/* The part that has thing number `index`: the last one that begins at or before it. */
static inline int hr_block_with(int64_t count, int64_t index, int parts)
{
    int part = (int)((double)index / (double)count * parts);
    while (part > 0 && hr_block_first(count, part, parts) > index)
        part--;
    while (part + 1 < parts && hr_block_first(count, part + 1, parts) <= index)
        part++;
    return part;
}

/* Fills first[0 … parts] with the first of each part, by hr_block_first. */
void hr_even_shares(int64_t count, int parts, int64_t *first);

/* Cuts groups of different sizes into parts of as many elements as whole groups allow: part p begins with the
 * first group that no more than its share of the elements, hr_block_first(elements, p, parts), comes before.
 *   ptr    [groups + 1] offsets of the groups (io/base/offsets.h)
 *   first  [parts + 1] receives the first group of each part; first[parts] is `groups`
 */
void hr_even_groups(const int64_t *ptr, int64_t groups, int parts, int64_t *first);

#endif
