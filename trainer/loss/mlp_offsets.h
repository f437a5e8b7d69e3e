/* Where things are in a tower's weights, and in their gradient. */
#ifndef HR_TRAINER_LOSS_MLP_OFFSETS_H
#define HR_TRAINER_LOSS_MLP_OFFSETS_H

#include "trainer/loss/mlp.h"

#include <stdint.h>

typedef struct hr_tower_places {
    int64_t half[2];                 /* in x width[0], of users and of movies */
    int64_t matrix[HR_TOWER_LAYERS]; /* from layer 1 on: width[k - 1] x width[k] */
    int64_t bias[HR_TOWER_LAYERS];   /* width[k] */
    int64_t product, output, constant, bounds, count;
} hr_tower_places;

/* All 0 without a tower. */
hr_tower_places hr_tower_places_of(const hr_tower_shape *shape);

/* Columns of a row that the tower reads. */
static inline int64_t hr_tower_columns(const hr_tower_shape *shape)
{
    return shape->columns - shape->first;
}

#endif
