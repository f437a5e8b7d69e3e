/* How many users an evaluation during training takes. */
#ifndef HR_TRAINER_CONFIG_EVAL_USERS_H
#define HR_TRAINER_CONFIG_EVAL_USERS_H

#include "trainer/config/train_config.h"

/* Those asked for, or else so many that evaluation costs a twentieth of the training between two evaluations, but
 * at least 2,000 as long as there are as many: an estimate by counts, the same on every machine
 * (docs/decisions/056-evaluation-ranks-a-sample-of-users.md). At most all.
 *   config  complete but for this. Local. */
int64_t hr_eval_users(int64_t asked, const hr_train_config *config);

#endif
