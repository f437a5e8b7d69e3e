/* Carriers of rows that solve least squares: als, ials, and mf of ratings (carriers.h). */
#ifndef HR_TRAINER_CARRIERS_SOLVED_CARRIERS_H
#define HR_TRAINER_CARRIERS_SOLVED_CARRIERS_H

#include "trainer/carriers/carriers.h"

/* The carriers are created. Local. HR_MEMORY; HR_INPUT where the equations
 * have no solution. */
hr_status hr_solved_carriers(hr_carriers *carriers, const hr_explained_model *model,
                             const hr_subject *subject, hr_error *err);

#endif
