/* Counter-based random numbers: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as
 * 1, 2, 3", SC 2011). A draw is a pure function of (seed, stream, step, index), so every rank draws the
 * same numbers without communication, and there is no state to keep or to restore. */
#ifndef HR_IO_BASE_PHILOX_H
#define HR_IO_BASE_PHILOX_H

#include <stdint.h>

/* What a number is drawn for. Each purpose has a stream of its own; the values are part of the file
 * formats (a dataset's split, a resumed run): never renumber. */
typedef enum hr_stream {
    HR_STREAM_SPLIT = 1,
    HR_STREAM_HOLDOUT = 2,
    HR_STREAM_SYNTH = 3, /* synthetic data uses HR_STREAM_SYNTH + 0 … + 15 */
    HR_STREAM_PARTITION = 20,
    HR_STREAM_INIT = 21,
    HR_STREAM_POSITIVE = 22,
    HR_STREAM_POOL = 23,
    HR_STREAM_NEGATIVE = 24,
    HR_STREAM_EPOCH = 25,
    HR_STREAM_DENSE = 26,
    HR_STREAM_DROPOUT = 27, /* of an MLP's activations */
    HR_STREAM_DROPOUT_ROW = 28,
    HR_STREAM_DROPOUT_EDGE = 29,
    HR_STREAM_FILTER = 30,    /* users and ratings by which a filter's options are chosen */
    HR_STREAM_UNRATED = 40,   /* for evaluation, apart from those of training */
    HR_STREAM_EVALUATED = 41, /* users that are ranked */
    HR_STREAM_BOOTSTRAP = 42, /* how often a user counts in a replicate */
    HR_STREAM_EXCHANGE = 43   /* which of two models is which, for a user in a replicate */
} hr_stream;

typedef struct hr_random4 {
    uint32_t word[4];
} hr_random4;

/* Four independent uniform 32-bit words. `step` counts to 2^32, `index` to 2^60. */
static inline hr_random4 hr_philox(uint64_t seed, hr_stream stream, uint32_t step, uint64_t index)
{
    const uint64_t multiplier0 = 0xD2511F53, multiplier1 = 0xCD9E8D57;
    const uint32_t weyl0 = 0x9E3779B9, weyl1 = 0xBB67AE85;
    uint32_t key0 = (uint32_t)seed, key1 = (uint32_t)(seed >> 32);
    uint32_t c0 = (uint32_t)index, c1 = (uint32_t)(index >> 32), c2 = step, c3 = (uint32_t)stream;
    for (int round = 0; round < 10; round++) {
        const uint64_t product0 = multiplier0 * c0, product1 = multiplier1 * c2;
        const uint32_t n0 = (uint32_t)(product1 >> 32) ^ c1 ^ key0;
        const uint32_t n2 = (uint32_t)(product0 >> 32) ^ c3 ^ key1;
        c1 = (uint32_t)product1;
        c3 = (uint32_t)product0;
        c0 = n0;
        c2 = n2;
        key0 += weyl0;
        key1 += weyl1;
    }
    return (hr_random4){{c0, c1, c2, c3}};
}

/* A whole number in [0, bound), bound >= 1, from one 32-bit word (bias below bound / 2^32). */
static inline uint32_t hr_below(uint32_t word, uint32_t bound)
{
    return (uint32_t)(((uint64_t)word * bound) >> 32);
}

__extension__ typedef unsigned __int128 hr_u128; /* for products of two 64-bit words */

/* A whole number in [0, bound), bound >= 1, from two 32-bit words. */
static inline uint64_t hr_below64(uint32_t high, uint32_t low, uint64_t bound)
{
    const uint64_t word = (uint64_t)high << 32 | low;
    return (uint64_t)(((hr_u128)word * bound) >> 64);
}

/* A real number in (0, 1), never 0 nor 1. */
static inline double hr_uniform(uint32_t word)
{
    return ((double)word + 0.5) * 0x1p-32;
}

#endif
