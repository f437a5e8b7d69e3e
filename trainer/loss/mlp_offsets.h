/* Offsets of the parts of an MLP's weights, and of their gradient. */
#ifndef HR_TRAINER_LOSS_MLP_OFFSETS_H
#define HR_TRAINER_LOSS_MLP_OFFSETS_H

#include "trainer/loss/mlp.h"
#include "trainer/numerics/dense_parts.h"

#include <stdint.h>

typedef struct hr_mlp_offsets {
    int64_t half[2];               /* in x width[0], of users and of movies */
    int64_t matrix[HR_MLP_LAYERS]; /* from layer 1 on: width[k - 1] x width[k] */
    int64_t bias[HR_MLP_LAYERS];   /* width[k] */
    int64_t product, output, constant, bounds, count;
} hr_mlp_offsets;

/* Adds its matrices and vectors, in their order. */
void hr_mlp_parts(const hr_mlp_shape *shape, hr_dense_parts *parts);

/* All 0 without an MLP. */
hr_mlp_offsets hr_mlp_offsets_of(const hr_mlp_shape *shape);

/* Columns of a row that the MLP reads. */
static inline int64_t hr_mlp_columns(const hr_mlp_shape *shape)
{
    return shape->columns - shape->first;
}

#endif
