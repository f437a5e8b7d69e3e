/* A keyed permutation of 0 … n - 1 that is computed, not stored: a Feistel network over the next power of
 * four, applied again until its result is below n (Black & Rogaway, CT-RSA 2002). An epoch visits the train
 * edges in this order, on any number of ranks. */
#ifndef HR_TRAINER_SAMPLING_FEISTEL_H
#define HR_TRAINER_SAMPLING_FEISTEL_H

#include <stdint.h>

/* The image of `index` < n under permutation number `epoch` of `seed`: a bijection of [0, n). */
uint64_t hr_feistel(uint64_t seed, uint32_t epoch, uint64_t index, uint64_t n);

#endif
