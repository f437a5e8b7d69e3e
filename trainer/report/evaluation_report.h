/* The figures of an evaluation, as text and as JSON. */
#ifndef HR_TRAINER_REPORT_EVALUATION_REPORT_H
#define HR_TRAINER_REPORT_EVALUATION_REPORT_H

#include "trainer/comparison/evaluated_model.h"

#include <jansson.h>

void hr_evaluation_report_text(const hr_evaluated_model *model);

/* An object, whose keys halorec evaluate --help names. To be checked as io/base/json.h says. */
json_t *hr_evaluation_report_json(const hr_evaluated_model *model);

#endif
