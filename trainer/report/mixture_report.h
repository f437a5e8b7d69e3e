/* What an evaluated model was asked to be mixed of: models, shares, and the shares that were tried; nothing where neither other
 * models nor shares were asked for. */
#ifndef HR_TRAINER_REPORT_MIXTURE_REPORT_H
#define HR_TRAINER_REPORT_MIXTURE_REPORT_H

#include "trainer/comparison/evaluated_model.h"

#include <jansson.h>

void hr_mixture_text(const hr_evaluated_model *model);

/* Adds "mixture" to the object: models, shares, tried. */
void hr_mixture_to_json(const hr_evaluated_model *model, json_t *object);

#endif
