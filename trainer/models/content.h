/* Content alone: scores are cosines of text features (trainer/scoring/content_similarity.h). Nothing is
 * learned. */
#ifndef HR_TRAINER_MODELS_CONTENT_H
#define HR_TRAINER_MODELS_CONTENT_H

#include "trainer/models/model.h"

extern const hr_model hr_content_model;

#endif
