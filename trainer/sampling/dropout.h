/* Dropout (Srivastava et al., JMLR 2014) by the counter-based generator: what is left out is a function of
 * seed, step and position, the same on any number of ranks. What stays is scaled up, so that means stay the
 * same. */
#ifndef HR_TRAINER_SAMPLING_DROPOUT_H
#define HR_TRAINER_SAMPLING_DROPOUT_H

#include "io/base/philox.h"
#include "partition/halo/shard.h"

#include <stdint.h>

/* Instead of a step, outside training: nothing is left out. */
enum { HR_AT_REST = -1 };

/* Most activations of a row, and most layers: they number the draws. */
enum { HR_DROPOUT_WIDTH = 4096, HR_DROPOUT_LAYERS = 16 };

typedef struct hr_dropout {
    double share; /* that is left out, below 1 */
    uint64_t seed;
} hr_dropout;

/* Factor of what stays. */
float hr_dropout_scale(const hr_dropout *dropout);

/* A row of activations, by numbers that are the same on any number of ranks. */
typedef struct hr_dropout_row {
    hr_stream stream; /* what the rows are */
    int64_t step;     /* or HR_AT_REST */
    int64_t row, layer;
} hr_dropout_row;

/* Sets some of the `count` activations of a row to 0 and scales the others up; does nothing at rest. */
void hr_dropout_activations(const hr_dropout *dropout, const hr_dropout_row *row, int64_t count,
                            float *activation);

/* Weights of the shard's edges in a layer, [edges]: 0 for those left out, in both directions, `kept` for the
 * others. Local. */
void hr_dropout_edges(const hr_dropout *dropout, int64_t step, int64_t layer, const hr_shard *shard,
                      float kept, float *weight);

#endif
