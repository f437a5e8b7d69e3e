/* Carriers of rows that gradients made: mf of rankings, ncf, hybrid (carriers.h). */
#ifndef HR_TRAINER_CARRIERS_COMBINED_CARRIERS_H
#define HR_TRAINER_CARRIERS_COMBINED_CARRIERS_H

#include "trainer/carriers/carriers.h"

/* The carriers are created. Local. HR_MEMORY. */
hr_status hr_combined_carriers(hr_carriers *carriers, const hr_explained_model *model,
                               const hr_subject *subject, hr_error *err);

#endif
