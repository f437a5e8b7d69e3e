#include "io/split/quantile.h"
#include "io/split/splitter.h"

#include <math.h>

/* Whether rating a is later than rating b, which may be none, -1. */
static bool is_later(const hr_splitter *s, int64_t user, int64_t a, int64_t b)
{
    const hr_ratings *r = s->ratings;
    if (b < 0 || r->time[a] != r->time[b])
        return b < 0 || r->time[a] > r->time[b];
    return hr_split_key(hr_split_draw(s, user, (uint32_t)r->movie[a])) >
           hr_split_key(hr_split_draw(s, user, (uint32_t)r->movie[b]));
}

void hr_split_last_off(const hr_splitter *s, int64_t user, hr_keyed *order)
{
    (void)order;
    hr_ratings *r = s->ratings;
    int64_t last = -1, before = -1;
    for (int64_t i = r->ptr[user]; i < r->ptr[user + 1]; i++) {
        r->split[i] = HR_TRAIN;
        if (r->time[i] == HR_NO_TIME)
            continue;
        if (is_later(s, user, i, last)) {
            before = last;
            last = i;
        } else if (is_later(s, user, i, before)) {
            before = i;
        }
    }
    const int64_t count = r->ptr[user + 1] - r->ptr[user];
    if (last >= 0 && count > 1)
        r->split[last] = HR_TEST;
    if (before >= 0 && count > 2)
        r->split[before] = HR_VALID;
}

void hr_split_by_time(const hr_splitter *s, int64_t user, hr_keyed *order)
{
    (void)order;
    hr_ratings *r = s->ratings;
    for (int64_t i = r->ptr[user]; i < r->ptr[user + 1]; i++)
        r->split[i] = r->time[i] <= s->last[HR_TRAIN]   ? HR_TRAIN
                      : r->time[i] <= s->last[HR_VALID] ? HR_VALID
                                                        : HR_TEST;
}

hr_status hr_split_check_times(const hr_splitter *s, int64_t *timed, hr_error *err)
{
    const hr_ratings *r = s->ratings;
    const hr_status status = hr_quantile_count(s->comm, r->time, r->count, timed, err);
    if (status != HR_OK || *timed > 0)
        return status;
    return hr_fail(err, HR_INPUT, "--split %s: no rating has a time; --split %s goes without", s->rule->text,
                   s->rule->kind == HR_SPLIT_LAST ? "leave-one-out:random" : "global-ratio:TRAIN,VALID,TEST");
}

/* Rating number `share` of `count` in order, from 1. */
static int64_t rank_of(double share, int64_t count)
{
    const int64_t rank = llround(share * (double)count);
    return rank < 1 ? 1 : rank > count ? count : rank;
}

hr_status hr_split_find_times(hr_splitter *s, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_ratings *r = s->ratings;
    const double train = s->rule->share[HR_TRAIN], valid = s->rule->share[HR_VALID];
    int64_t timed = 0;
    HR_TRY(hr_split_check_times(s, &timed, err));
    HR_TRY(hr_quantile(s->comm, r->time, r->count, rank_of(train, timed), &s->last[HR_TRAIN], err));
    HR_TRY(hr_quantile(s->comm, r->time, r->count, rank_of(train + valid, timed), &s->last[HR_VALID], err));
done:
    return status;
}
