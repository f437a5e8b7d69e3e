/* Dropout (Srivastava et al., JMLR 2014), by the counter-based generator: what is left out is a function of
 * seed, step and place, the same on any number of ranks. What stays is scaled up, so that nothing changes on
 * average. */
#ifndef HR_TRAINER_SAMPLING_DROPOUT_H
#define HR_TRAINER_SAMPLING_DROPOUT_H

#include "io/base/philox.h"
#include "partition/halo/shard.h"

#include <stdint.h>

/* In place of a step, when nothing is learned: nothing is left out. */
enum { HR_AT_REST = -1 };

/* Most units of a row, and layers, that a row's place is numbered by. */
enum { HR_DROPOUT_UNITS = 4096, HR_DROPOUT_LAYERS = 16 };

typedef struct hr_dropout {
    double share; /* that is left out, below 1 */
    uint64_t seed;
} hr_dropout;

/* Factor of what stays. */
float hr_dropout_scale(const hr_dropout *dropout);

/* Leaves out some of the `count` units of row number `row` of a layer; nothing at rest.
 *   stream  what the rows are */
void hr_dropout_units(const hr_dropout *dropout, hr_stream stream, int64_t step, int64_t row, int64_t layer,
                      int64_t count, float *unit);

/* Weights of the shard's edges in a layer, [edges]: 0 for those left out, in both directions, `kept` for the
 * others. Local. */
void hr_dropout_edges(const hr_dropout *dropout, int64_t step, int64_t layer, const hr_shard *shard,
                      float kept, float *weight);

#endif
