/* Changes that may move the point where scaling ends; each changes one thing and keeps the plans. */
#ifndef HR_TRAINER_SCALING_SCALING_CHANGES_H
#define HR_TRAINER_SCALING_SCALING_CHANGES_H

#include "trainer/scaling/postal_model.h"

enum { HR_SCALING_CHANGES = 6 };

typedef struct hr_scaling_change {
    const char *name; /* what is changed, in a few words */
    void (*apply)(hr_train_config *config, hr_machine *machine);
} hr_scaling_change;

extern const hr_scaling_change hr_scaling_changes[HR_SCALING_CHANGES];

#endif
