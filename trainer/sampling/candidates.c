#include "trainer/sampling/candidates.h"

#include "io/base/philox.h"

hr_candidates hr_candidates_of(uint64_t seed, int64_t count)
{
    return (hr_candidates){seed, count, (count + HR_LANES - 1) / HR_LANES};
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* The pool's movies are in random order: a block of them is as random as any. */
hr_candidate_block hr_candidates_block(const hr_candidates *candidates, const hr_pool *pool, int64_t step,
                                       int64_t number, int64_t index)
{
    const uint64_t which = (uint64_t)(number * candidates->blocks + index);
    const hr_random4 draw = hr_philox(candidates->seed, HR_STREAM_NEGATIVE, (uint32_t)step, which);
    const int64_t block = hr_below(draw.word[0], (uint32_t)pool->interleaved.blocks);
    const int64_t lanes = smaller(pool->size - block * HR_LANES, HR_LANES);
    return (hr_candidate_block){block, lanes, hr_below(draw.word[1], (uint32_t)lanes),
                                smaller(candidates->count - index * HR_LANES, lanes)};
}

int64_t hr_candidates_list(const hr_candidates *candidates, const hr_pool *pool, int64_t step, int64_t number,
                           int32_t *index)
{
    int64_t count = 0;
    if (pool->is_own) {
        index[0] = (int32_t)number;
        return 1;
    }
    for (int64_t i = 0; i < candidates->blocks; i++) {
        const hr_candidate_block b = hr_candidates_block(candidates, pool, step, number, i);
        for (int64_t k = 0; k < b.count; k++)
            index[count++] = (int32_t)(b.block * HR_LANES + (b.first + k) % b.lanes);
    }
    return count;
}
