/* Splits of data that is made a block of users at a time. */
#ifndef HR_IO_SYNTH_BY_USER_USER_SPLIT_H
#define HR_IO_SYNTH_BY_USER_USER_SPLIT_H

#include "io/base/error.h"
#include "io/split/split_rule.h"

#include <stdint.h>

/* HR_USAGE for a rule that needs the ratings of all users at once. */
hr_status hr_user_split_check(const hr_split_rule *rule, hr_error *err);

/* Adds the numbers of ratings in each part of the split: counts [HR_SPLITS]. */
void hr_user_split_count(const hr_ratings *ratings, int64_t *counts);

#endif
