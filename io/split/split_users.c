#include "io/split/quantile.h"
#include "io/split/splitter.h"

#include <inttypes.h>
#include <math.h>

static void draw_keys(hr_splitter *s)
{
    const int64_t *ptr = s->ratings->ptr;
#pragma omp parallel for schedule(static)
    for (int64_t u = 0; u < s->ratings->users; u++)
        s->user_key[u] =
            ptr[u + 1] - ptr[u] > 1 ? hr_split_key(hr_split_draw(s, u, HR_DRAW_USER)) : INT64_MIN;
}

/* How many of `users` a rule asks for. */
static int64_t number_of_users(double asked, int64_t users)
{
    return llround(asked < 1.0 ? asked * (double)users : asked);
}

/* The key up to which `number` users are, -1 for none. */
static hr_status find_key(const hr_splitter *s, int64_t number, int64_t *key, hr_error *err)
{
    *key = -1;
    return number > 0 ? hr_quantile(s->comm, s->user_key, s->ratings->users, number, key, err) : HR_OK;
}

hr_status hr_split_draw_users(hr_splitter *s, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t users = s->ratings->users, able = 0;
    draw_keys(s);
    HR_TRY(hr_sum_i64(s->comm, &users, 1, err));
    HR_TRY(hr_quantile_count(s->comm, s->user_key, s->ratings->users, &able, err));
    const int64_t test = number_of_users(s->rule->users[HR_TEST], users);
    const int64_t valid = number_of_users(s->rule->users[HR_VALID], users);
    if (test + valid > able || test + valid >= users)
        HR_TRY(hr_fail(err, HR_USAGE,
                       "--split %s: holds out %" PRId64 " users, but of %" PRId64 " users %" PRId64
                       " have two ratings or more, and one is to be trained on",
                       s->rule->text, test + valid, users, able));
    HR_TRY(find_key(s, test, &s->last[HR_TEST], err));
    HR_TRY(find_key(s, test + valid, &s->last[HR_VALID], err));
done:
    return status;
}
