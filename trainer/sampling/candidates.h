/* Which movies of the pool a sample looks at for its negatives: the same on any number of ranks.
 *
 * Scores of a whole block of the pool cost as little as one, so that a sample looks at whole blocks, of the
 * last one at as many movies as are still wanted. */
#ifndef HR_TRAINER_SAMPLING_CANDIDATES_H
#define HR_TRAINER_SAMPLING_CANDIDATES_H

#include "trainer/sampling/pool.h"
#include "trainer/sampling/sampling_config.h"

#include <stdint.h>

typedef struct hr_candidates {
    uint64_t seed;
    int64_t wanted; /* pool movies each positive looks at */
    int64_t blocks; /* that they are in */
} hr_candidates;

hr_candidates hr_candidates_of(uint64_t seed, int64_t wanted);

/* A block of the pool that a sample looks at: lanes `from`, `from` + 1 … of its `lanes`, in a circle. */
typedef struct hr_look {
    int64_t block, lanes, from;
} hr_look;

/* The index-th block that a sample of a step looks at. */
hr_look hr_candidates_look(const hr_candidates *candidates, const hr_pool *pool, int64_t step, int64_t number,
                           int64_t index);

/* The places in the pool that a sample looks at; place has room for `wanted`. Returns how many there are: in
 * a pool of own movies the one of the sample's own. */
int64_t hr_candidates_list(const hr_candidates *candidates, const hr_pool *pool, int64_t step, int64_t number,
                           int32_t *place);

#endif
