/* The levels of memory of this machine. */
#ifndef HR_BENCH_CACHES_H
#define HR_BENCH_CACHES_H

#include <stdint.h>

/* Where bytes come from: a core's first and second cache, the third, which cores share, and memory. */
typedef enum hr_level { HR_L1, HR_L2, HR_L3, HR_DRAM, HR_LEVELS } hr_level;

extern const char *const hr_level_names[HR_LEVELS]; /* "l1", "l2", "l3", "memory" */

typedef struct hr_caches {
    int64_t bytes
        [HR_DRAM]; /* of one core's first and second; of all third ones together, 0 where there is none */
} hr_caches;

/* As the system says: Linux's /sys/devices/system/cpu, or sysconf where that is silent; 32 kB, 256 kB and none
 * where both are. */
hr_caches hr_caches_found(void);

/* Bytes that a thread's probe of a level takes, `threads` running at once: too many for the cache before it, few
 * enough for the level; 0 where there is no such level. */
int64_t hr_probe_bytes(const hr_caches *caches, hr_level level, int threads);

#endif
