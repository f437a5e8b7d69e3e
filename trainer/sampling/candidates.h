/* Which movies of the pool a sample scores for its negatives: the same on any number of ranks.
 *
 * Scoring a whole block of the pool costs as little as scoring one movie of it, so that candidates are drawn
 * by blocks: all movies of a block or, of the last one, as many as are still wanted. */
#ifndef HR_TRAINER_SAMPLING_CANDIDATES_H
#define HR_TRAINER_SAMPLING_CANDIDATES_H

#include "trainer/sampling/pool.h"
#include "trainer/sampling/sampling_config.h"

#include <stdint.h>

typedef struct hr_candidates {
    uint64_t seed;
    int64_t count;  /* pool movies that a sample scores */
    int64_t blocks; /* of HR_LANES pool movies, that they are in */
} hr_candidates;

hr_candidates hr_candidates_of(uint64_t seed, int64_t count);

/* A candidate block. It has `lanes` movies, of which `count` are candidates: lanes first, first + 1, … modulo
 * `lanes`. */
typedef struct hr_candidate_block {
    int64_t block; /* number in the pool */
    int64_t lanes, first, count;
} hr_candidate_block;

/* The index-th candidate block of sample `number` of a step, from a shared pool. */
hr_candidate_block hr_candidates_block(const hr_candidates *candidates, const hr_pool *pool, int64_t step,
                                       int64_t number, int64_t index);

/* Indices in the pool of all candidates of a sample, to index [candidates->count]. Returns how many there
 * are: in a pool of own movies one, the sample's. */
int64_t hr_candidates_list(const hr_candidates *candidates, const hr_pool *pool, int64_t step, int64_t number,
                           int32_t *index);

#endif
