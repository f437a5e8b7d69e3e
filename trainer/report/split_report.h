/* Splits, as commands that make datasets explain and report them. */
#ifndef HR_TRAINER_REPORT_SPLIT_REPORT_H
#define HR_TRAINER_REPORT_SPLIT_REPORT_H

#include "io/comm/comm.h"
#include "io/dataset/dataset.h"
#include "io/options/help.h"
#include "io/split/split_rule.h"

/* The text of the option --split. */
#define HR_SPLIT_OPTION                                                                                      \
    "ratio, global-ratio or time:TRAIN,VALID,TEST, leave-one-out, leave-one-out:random, folds:N:K, "         \
    "users:VALID,TEST,KNOWN, or given: see below"

/* Says what each rule does. */
void hr_split_describe(hr_help *help);

/* Prints to standard error, on rank 0, the rule, and what it came out as: ratings, users and movies of each part, users without train ratings,
 * movies unseen in train, and a warning for each part that should have ratings and has none. The dataset holds
 * this rank's slice of users. Collective. HR_MEMORY, HR_COMM. */
hr_status hr_split_report(const hr_comm *comm, const hr_dataset *dataset, const hr_split_rule *rule,
                          hr_error *err);

#endif
