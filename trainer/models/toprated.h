/* The movies with the best weighted rating, the same for every user:
 *     v / (v + m) R + m / (v + m) C
 * for a movie with v train ratings of mean R, where C is the mean of all train ratings and m the 90th
 * percentile of the votes of rated movies (the Internet Movie Database's formula for its top list). A row is
 * one number: 1 for a user, the weighted rating for a movie. */
#ifndef HR_TRAINER_MODELS_TOPRATED_H
#define HR_TRAINER_MODELS_TOPRATED_H

#include "trainer/models/model.h"

extern const hr_model hr_toprated;

#endif
