#include "trainer/sampling/feistel.h"

#include "io/base/philox.h"

enum { ROUNDS = 4 };

static uint64_t network(uint64_t seed, uint32_t epoch, uint64_t index, unsigned half_bits)
{
    const uint64_t mask = ((uint64_t)1 << half_bits) - 1;
    uint64_t left = index >> half_bits, right = index & mask;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        const hr_random4 r = hr_philox(seed, HR_STREAM_EPOCH, epoch, right << 2 | round);
        const uint64_t mixed = left ^ (((uint64_t)r.word[0] << 32 | r.word[1]) & mask);
        left = right;
        right = mixed;
    }
    return left << half_bits | right;
}

uint64_t hr_feistel(uint64_t seed, uint32_t epoch, uint64_t index, uint64_t n)
{
    unsigned half_bits = 1;
    while ((uint64_t)1 << (2 * half_bits) < n)
        half_bits++;
    do
        index = network(seed, epoch, index, half_bits);
    while (index >= n);
    return index;
}
