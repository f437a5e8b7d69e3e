#include "io/dataset/split.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/base/philox.h"
#include "io/base/sort.h"
#include "io/options/list.h"

#include <math.h>
#include <string.h>

static const double share_tolerance = 1e-6;

hr_status hr_split_parse(const char *text, hr_split_rule *rule, hr_error *err)
{
    static const char ratio[] = "ratio:";
    double *share = rule->share;
    *rule = (hr_split_rule){.kind = HR_SPLIT_GIVEN};
    if (strcmp(text, "given") == 0)
        return HR_OK;
    if (strcmp(text, "leave-one-out") == 0) {
        rule->kind = HR_SPLIT_LEAVE_ONE_OUT;
        return HR_OK;
    }
    rule->kind = HR_SPLIT_RATIO;
    if (strncmp(text, ratio, strlen(ratio)) == 0 &&
        hr_separate_reals(text + strlen(ratio), ',', share, 3) == 3 && share[0] > 0.0 && share[1] >= 0.0 &&
        share[2] >= 0.0 && fabs(share[0] + share[1] + share[2] - 1.0) <= share_tolerance)
        return HR_OK;
    return hr_fail(
        err, HR_USAGE,
        "--split %s: expected ratio:TRAIN,VALID,TEST with shares that sum to 1 and a train share above 0, "
        "leave-one-out, or given",
        text);
}

/* The first in random order go to test, the next to valid. */
static void split_by_ratio(hr_ratings *r, const hr_split_rule *rule, uint64_t seed, int64_t user,
                           hr_keyed *order)
{
    const int64_t first = r->ptr[user], count = r->ptr[user + 1] - first;
    int64_t test = llround((double)count * rule->share[HR_TEST]);
    int64_t valid = llround((double)count * rule->share[HR_VALID]);
    while (count > 0 && test + valid >= count) /* one stays in train */
        *(valid > 0 ? &valid : &test) -= 1;
    for (int64_t i = 0; i < count; i++) {
        const hr_random4 drawn =
            hr_philox(seed, HR_STREAM_SPLIT, (uint32_t)r->movie[first + i], (uint64_t)(r->first_user + user));
        order[i] = (hr_keyed){drawn.word[0], first + i};
    }
    hr_sort_keyed(order, count);
    for (int64_t i = 0; i < count; i++)
        r->split[order[i].value] = i < test ? HR_TEST : i < test + valid ? HR_VALID : HR_TRAIN;
}

static void split_last_off(hr_ratings *r, int64_t user, hr_keyed *order)
{
    const int64_t first = r->ptr[user], count = r->ptr[user + 1] - first;
    for (int64_t i = 0; i < count; i++)
        order[i] = (hr_keyed){r->time[first + i], first + i};
    hr_sort_keyed(order, count);
    for (int64_t i = 0; i < count; i++)
        r->split[order[i].value] = HR_TRAIN;
    if (count > 1)
        r->split[order[count - 1].value] = HR_TEST;
    if (count > 2)
        r->split[order[count - 2].value] = HR_VALID;
}

hr_status hr_split_apply(hr_ratings *ratings, const hr_split_rule *rule, uint64_t seed, hr_error *err)
{
    hr_status status = HR_OK;
    hr_keyed *order = NULL;
    if (rule->kind == HR_SPLIT_GIVEN)
        return HR_OK;
    HR_ALLOC(order, hr_offsets_largest(ratings->ptr, ratings->users));
    for (int64_t u = 0; u < ratings->users; u++)
        if (rule->kind == HR_SPLIT_RATIO)
            split_by_ratio(ratings, rule, seed, u, order);
        else
            split_last_off(ratings, u, order);
done:
    free(order);
    return status;
}

bool hr_split_holdout(int64_t user, int32_t movie, double share)
{
    return hr_uniform(hr_philox(0, HR_STREAM_HOLDOUT, (uint32_t)movie, (uint64_t)user).word[0]) < share;
}
