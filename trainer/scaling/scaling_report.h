/* A prediction of scaling, for people and for scripts. */
#ifndef HR_TRAINER_SCALING_SCALING_REPORT_H
#define HR_TRAINER_SCALING_SCALING_REPORT_H

#include "trainer/scaling/scaling.h"

#include <jansson.h>
#include <stdio.h>

/* Prints the machine, a line for each point, where scaling ends, the terms that end it, and how far changes
 * would move that point. Leaves the prediction as it is for the configuration and machine given. */
void hr_scaling_print(hr_scaling *scaling, const hr_train_config *config, const hr_machine *machine,
                      FILE *out);

/* The same as an object, to be freed by json_decref; NULL where memory is short. */
json_t *hr_scaling_to_json(hr_scaling *scaling, const hr_train_config *config, const hr_machine *machine);

#endif
