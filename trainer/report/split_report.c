#include "trainer/report/split_report.h"

#include "io/comm/log.h"
#include "io/split/split_counts.h"

#include <inttypes.h>
#include <stdbool.h>

void hr_split_describe(hr_help *help)
{
    static const hr_help_item rules[] = {
        {"ratio:TRAIN,VALID,TEST",
         "shares of each user's ratings, drawn by the seed; where a share is no whole number of ratings, the "
         "number is "
         "drawn so that the mean is exact; a user with a rating has one in train"},
        {"global-ratio:TRAIN,VALID,TEST", "shares of all ratings; a user may have none in train"},
        {"leave-one-out",
         "tests each user's last rating in time, and validates by the one before it; equal times are ordered "
         "by the "
         "seed"},
        {"leave-one-out:random", "holds out any two ratings instead, also where there are no times"},
        {"time:TRAIN,VALID,TEST", "cuts at two times, which are the same for all users"},
        {"folds:N:K",
         "cross-validation: divides each user's ratings into N parts, and tests number K, 1 to N; the same "
         "seed makes "
         "the same parts; folds:N is folds:N:1"},
        {"users:VALID,TEST,KNOWN",
         "holds out users, so many or, below 1, such shares of them: training sees none of their ratings; "
         "evaluation "
         "knows the share KNOWN of them, and judges by the rest (Liang et al. 2018)"},
        {"given", "the split that the source comes with"}};
    hr_help_paragraph(help, "Rules of --split:");
    hr_help_list(help, rules, sizeof rules / sizeof *rules);
}

/* Whether the rule draws anything. */
static bool is_drawn(const hr_split_rule *rule)
{
    return rule->kind != HR_SPLIT_GIVEN && rule->kind != HR_SPLIT_TIME;
}

hr_status hr_split_report(const hr_comm *comm, const hr_dataset *dataset, const hr_split_rule *rule,
                          hr_error *err)
{
    hr_split_counts counts;
    const hr_status status = hr_split_count(comm, &dataset->ratings, &counts, err);
    if (status != HR_OK || comm->rank != 0)
        return status;
    if (is_drawn(rule))
        hr_log(comm, "split %s, seed %" PRIu64, rule->text, dataset->split_seed);
    else
        hr_log(comm, "split %s", rule->text);
    hr_split_counts_print(&counts, stderr);
    if (counts.untimed > 0 && (rule->kind == HR_SPLIT_LAST || rule->kind == HR_SPLIT_TIME))
        hr_log(comm, "%" PRId64 " ratings have no time, and are in train", counts.untimed);
    for (int part = 0; part < HR_SPLITS; part++)
        if (counts.ratings[part] == 0 && hr_split_fills(rule, (hr_split)part))
            hr_log(comm, "warning: the %s part is empty", hr_split_names[part]);
    return HR_OK;
}
