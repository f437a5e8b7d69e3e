/* The identity of a dataset: a hash of what a run depends on, who rated what, how, and which part of it is
 * trained on. It binds partitions and checkpoints to their dataset.
 *
 * It is a sum, so that any number of ranks work it out together:
 *
 *     sum over users u of XXH3_128(movies of u, seed 4 u) + XXH3_128(values, seed 4 u + 1)
 *                       + XXH3_128(splits, seed 4 u + 2) + XXH3_128(id, seed 4 u + 3)
 *     + sum over movies m of XXH3_128(id, seed -1 - m),            both halves mod 2^64,
 *
 * ids as text, arrays as their bytes. The seeds detect what is swapped; a wrong dataset passes with a
 * probability of 2^-128. */
#ifndef HR_IO_DATASET_FINGERPRINT_H
#define HR_IO_DATASET_FINGERPRINT_H

#include "io/dataset/dataset.h"

#include <stdint.h>

/* Adds the ratings of a slice, or of all users. Zero both halves before the first call. */
void hr_fingerprint_add_ratings(uint64_t sum[2], const hr_ratings *slice);

/* Adds the ids of all users and movies. */
void hr_fingerprint_add_ids(uint64_t sum[2], const hr_dataset *dataset);

/* As the attribute says it. */
void hr_fingerprint_text(const uint64_t sum[2], char text[HR_FINGERPRINT_LENGTH]);

#endif
