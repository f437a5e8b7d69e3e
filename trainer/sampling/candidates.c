#include "trainer/sampling/candidates.h"

#include "io/base/philox.h"

hr_candidates hr_candidates_of(uint64_t seed, int64_t wanted)
{
    return (hr_candidates){seed, wanted, (wanted + HR_LANES - 1) / HR_LANES};
}

/* The pool's movies are in no order, so those of a block are as good as any. */
hr_look hr_candidates_look(const hr_candidates *candidates, const hr_pool *pool, int64_t step, int64_t number,
                           int64_t index)
{
    const uint64_t which = (uint64_t)(number * candidates->blocks + index);
    const hr_random4 draw = hr_philox(candidates->seed, HR_STREAM_NEGATIVE, (uint32_t)step, which);
    const int64_t block = hr_below(draw.word[0], (uint32_t)pool->blocks.count);
    const int64_t in_pool = pool->size - block * HR_LANES;
    const int64_t lanes = in_pool < HR_LANES ? in_pool : HR_LANES;
    return (hr_look){block, lanes, hr_below(draw.word[1], (uint32_t)lanes)};
}

int64_t hr_candidates_list(const hr_candidates *candidates, const hr_pool *pool, int64_t step, int64_t number,
                           int32_t *place)
{
    int64_t count = 0;
    if (pool->is_own) {
        place[0] = (int32_t)number;
        return 1;
    }
    for (int64_t index = 0; index < candidates->blocks; index++) {
        const hr_look look = hr_candidates_look(candidates, pool, step, number, index);
        const int64_t wanted = candidates->wanted - index * HR_LANES;
        for (int64_t i = 0; i < look.lanes && i < wanted; i++)
            place[count++] = (int32_t)(look.block * HR_LANES + (look.from + i) % look.lanes);
    }
    return count;
}
