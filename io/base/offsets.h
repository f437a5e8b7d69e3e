/* Offsets of groups in a flat array, as in the compressed rows (CSR) of a sparse matrix: the elements of
 * group g are number ptr[g] … ptr[g + 1] - 1, for 0 <= g < groups, and ptr[0] is 0.
 *
 * To group elements by a key: count, sum, store, restore.
 *
 *     for (i = 0; i < count; i++) ptr[key[i] + 1]++;            ptr [groups + 1], zeros before
 *     hr_offsets_sum(ptr, groups);
 *     for (i = 0; i < count; i++) grouped[ptr[key[i]]++] = element[i];
 *     hr_offsets_restore(ptr, groups);
 *
 * Where no more than the order is asked for, hr_counting_sort does all four. */
#ifndef HR_IO_BASE_OFFSETS_H
#define HR_IO_BASE_OFFSETS_H

#include <stdint.h>

/* Prefix sums in place: ptr[g + 1] holds the size of group g, and receives the total size of groups 0 to g.
 *   ptr  [groups + 1], ptr[0] is 0
 */
void hr_offsets_sum(int64_t *ptr, int64_t groups);

/* Restores offsets after elements were stored as above: each ptr[g] has moved from the beginning of group g
 * to its end. */
void hr_offsets_restore(int64_t *ptr, int64_t groups);

/* Size of the largest group; 0 where there is none. */
int64_t hr_offsets_largest(const int64_t *ptr, int64_t groups);

/* Stable counting sort: lists the elements of group 0, then those of group 1, …, each in ascending order.
 *   key    [count] group of each element, 0 <= key[i] < groups
 *   ptr    [groups + 1] receives the offsets of the groups in `order`
 *   order  [count] receives numbers of elements, 0 … count - 1 */
void hr_counting_sort(const int32_t *key, int64_t count, int64_t groups, int64_t *ptr, int64_t *order);

#endif
