#include "io/synth_by_user/user_split.h"

hr_status hr_user_split_check(const hr_split_rule *rule, hr_error *err)
{
    if (rule->kind != HR_SPLIT_GIVEN && rule->kind != HR_SPLIT_TIME && rule->kind != HR_SPLIT_USERS)
        return HR_OK;
    return hr_fail(
        err, HR_USAGE,
        "--split %s: data that is made user by user is split by ratio, global-ratio, leave-one-out or "
        "folds, which go by one user's ratings",
        rule->text);
}

void hr_user_split_count(const hr_ratings *ratings, int64_t *counts)
{
    int64_t here[HR_SPLITS];
    hr_ratings_count_splits(ratings, here);
    for (int s = 0; s < HR_SPLITS; s++)
        counts[s] += here[s];
}
