/* Which train edges a step learns from: the same on any number of ranks, each drawn by the rank that holds
 * the edge.
 *
 * Sample i of a step is a function of (seed, step, i) alone. By user: a user uniformly, then one of the
 * user's train movies uniformly, so that active users do not outweigh the others. By edge: the epoch's keyed
 * permutation of the train edges (feistel.h). Mixed: by user with probability 3/4, else a train edge
 * uniformly. */
#ifndef HR_TRAINER_SAMPLING_SAMPLER_H
#define HR_TRAINER_SAMPLING_SAMPLER_H

#include "io/base/error.h"
#include "trainer/graph/locate.h"
#include "trainer/kernels/sample_gradients.h"
#include "trainer/sampling/sampling_config.h"

#include <stdint.h>

typedef struct hr_sampler {
    const hr_locate *locate;
    hr_sample_mode mode;
    uint64_t seed;
    int64_t batch; /* samples a step, over all ranks */
} hr_sampler;

/* Steps that make an epoch: as many samples as there are train edges. */
int64_t hr_sampler_epoch_steps(const hr_sampler *sampler);

/* Draws step number `step` (from 0, over the whole run).
 *   positives [batch] receives this rank's samples in ascending order of number
 * Returns how many there are. Local. */
int64_t hr_sampler_draw(const hr_sampler *sampler, int64_t step, hr_positive *positives);

#endif
