/* The figures of an evaluation, as text and as JSON. */
#ifndef HR_TRAINER_REPORT_EVALUATION_REPORT_H
#define HR_TRAINER_REPORT_EVALUATION_REPORT_H

#include "trainer/comparison/evaluated_model.h"

void hr_evaluation_report_text(const hr_evaluated_model *model);
hr_status hr_evaluation_report_json(const hr_evaluated_model *model, hr_error *err); /* HR_MEMORY */

#endif
