#include "io/split/split.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/split/splitter.h"

#include <omp.h>
#include <stdio.h>

/* Users that a thread takes at a time. */
enum { USERS_AT_A_TIME = 256 };

static hr_split_user *way_of(hr_split_kind kind)
{
    switch (kind) {
    case HR_SPLIT_GLOBAL_RATIO:
        return hr_split_each_rating;
    case HR_SPLIT_LAST:
        return hr_split_last_off;
    case HR_SPLIT_TIME:
        return hr_split_by_time;
    default:
        return hr_split_in_pieces;
    }
}

/* What ranks find together before each splits its users. */
static hr_status prepare(hr_splitter *s, hr_error *err)
{
    int64_t timed = 0;
    switch (s->rule->kind) {
    case HR_SPLIT_LAST:
        return hr_split_check_times(s, &timed, err);
    case HR_SPLIT_TIME:
        return hr_split_find_times(s, err);
    case HR_SPLIT_USERS:
        return hr_split_draw_users(s, err);
    default:
        return HR_OK;
    }
}

hr_status hr_split_apply(const hr_comm *comm, hr_ratings *slice, const hr_split_rule *rule, uint64_t seed,
                         hr_error *err)
{
    hr_status status = HR_OK;
    hr_keyed *order = NULL; /* [threads x largest] */
    hr_splitter s = {.comm = comm, .ratings = slice, .rule = rule, .seed = seed};
    hr_split_user *split = way_of(rule->kind);
    const int threads = omp_get_max_threads();
    const int64_t largest = hr_offsets_largest(slice->ptr, slice->users);
    if (rule->kind == HR_SPLIT_GIVEN)
        return HR_OK;
    HR_ALLOC(order, threads * largest);
    HR_ALLOC(s.user_key, rule->kind == HR_SPLIT_USERS ? slice->users : 0);
done:
    status = hr_agree(comm, status, NULL, err);
    if (status == HR_OK)
        status = prepare(&s, err);
    if (status == HR_OK) {
#pragma omp parallel for schedule(dynamic, USERS_AT_A_TIME) num_threads(threads)
        for (int64_t user = 0; user < slice->users; user++)
            split(&s, user, order + omp_get_thread_num() * largest);
    }
    free(s.user_key);
    free(order);
    return status;
}

hr_status hr_split_dataset(const hr_comm *comm, hr_dataset *dataset, const hr_split_rule *rule, uint64_t seed,
                           hr_error *err)
{
    snprintf(dataset->split, sizeof dataset->split, "%s", rule->text);
    dataset->split_seed = seed;
    return hr_split_apply(comm, &dataset->ratings, rule, seed, err);
}
