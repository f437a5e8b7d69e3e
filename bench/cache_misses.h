/* The misses of a cache in a sequence of uses. First uses of a line are not counted: it may be there already. */
#ifndef HR_BENCH_CACHE_MISSES_H
#define HR_BENCH_CACHE_MISSES_H

#include "io/base/error.h"

#include <stdint.h>

/* A cache of `capacity` lines, at least 1, that uses line[0], line[1], …, numbers below `lines`, of [count]. The
 * fewer of the misses of two rules:
 *   - the busiest lines stay. If uses are independent draws no cache that does not know the future has fewer
 *     (Aho, Denning and Ullman, Principles of optimal page replacement, 1971);
 *   - the line that was used longest ago leaves, which does better where lines that are used together follow one
 *     another. What caches have comes near to it, and is seldom better.
 * HR_MEMORY. */
hr_status hr_cache_misses(const int32_t *line, int64_t count, int64_t lines, int64_t capacity,
                          int64_t *misses, hr_error *err);

/* The misses of each rule alone. */
hr_status hr_misses_of_busiest(const int32_t *line, int64_t count, int64_t lines, int64_t capacity,
                               int64_t *misses, hr_error *err);
hr_status hr_misses_of_recent(const int32_t *line, int64_t count, int64_t lines, int64_t capacity,
                              int64_t *misses, hr_error *err);

#endif
