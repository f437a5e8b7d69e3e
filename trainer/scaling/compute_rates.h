/* Costs of computing on this machine: the rates of the postal model, fitted to parts that were timed alone. */
#ifndef HR_TRAINER_SCALING_COMPUTE_RATES_H
#define HR_TRAINER_SCALING_COMPUTE_RATES_H

#include "io/base/error.h"
#include "trainer/scaling/part_timing.h"
#include "trainer/scaling/postal_model.h"

/* Fits the rates to the timings by least squares of relative errors, with no rate below 0. With one timing the
 * rates of rows are 0. Keeps rates->add. Local. */
void hr_compute_rates_fit(const hr_part_timing *timings, int count, const hr_train_config *config,
                          hr_compute_rates *rates);

/* Multiplies all rates but that of sums over ranks. Local. */
void hr_compute_rates_scale(hr_compute_rates *rates, double factor);

/* Measures rates->add by MPI_Reduce_local. HR_MEMORY. Local. */
hr_status hr_compute_rates_add(hr_compute_rates *rates, hr_error *err);

#endif
