/* What computing costs here: the rates of the postal model, of parts that were timed alone. */
#ifndef HR_TRAINER_SCALING_COMPUTE_RATES_H
#define HR_TRAINER_SCALING_COMPUTE_RATES_H

#include "io/base/error.h"
#include "trainer/scaling/part_timing.h"
#include "trainer/scaling/postal_model.h"

/* The rates that explain the timings best, by least squares of relative errors, none below 0; with one timing
 * the rows' are 0 and edges explain all. `add` is left alone. Local. */
void hr_compute_rates_fit(const hr_part_timing *timings, int count, const hr_train_config *config,
                          hr_compute_rates *rates);

/* Measures rates->add by MPI's own sum. HR_MEMORY. One process. */
hr_status hr_compute_rates_add(hr_compute_rates *rates, hr_error *err);

#endif
