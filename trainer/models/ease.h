/* EASE (Steck 2019): item-item weights by least squares (item_items/least_squares_weights.h). */
#ifndef HR_TRAINER_MODELS_EASE_H
#define HR_TRAINER_MODELS_EASE_H

#include "trainer/models/model.h"

extern const hr_model hr_ease;

#endif
