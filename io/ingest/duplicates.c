#include "io/ingest/duplicates.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/base/sort.h"

#include <math.h>
#include <string.h>

/* Room of one thread for a user's ratings. */
typedef struct room {
    hr_keyed *order;
    int32_t *movie;
    float *value;
    int64_t *time;
    uint8_t *split;
} room;

static void room_free(room *w)
{
    free(w->order);
    free(w->movie);
    free(w->value);
    free(w->time);
    free(w->split);
}

static hr_status room_new(room *w, int64_t count, hr_error *err)
{
    hr_status status = HR_OK;
    *w = (room){0};
    HR_ALLOC(w->order, count);
    HR_ALLOC(w->movie, count);
    HR_ALLOC(w->value, count);
    HR_ALLOC(w->time, count);
    HR_ALLOC(w->split, count);
done:
    return status;
}

static bool is_ordered(const int32_t *movie, int64_t count)
{
    for (int64_t i = 1; i < count; i++)
        if (movie[i] <= movie[i - 1])
            return false;
    return true;
}

/* Sorts a user's ratings by movie; those of one movie stay in order. */
static void sort_user(hr_ratings *r, int64_t first, int64_t count, const room *w)
{
    for (int64_t i = 0; i < count; i++)
        w->order[i] = (hr_keyed){r->movie[first + i], i};
    hr_sort_keyed(w->order, count);
    for (int64_t i = 0; i < count; i++) {
        const int64_t from = first + w->order[i].value;
        w->movie[i] = r->movie[from];
        w->value[i] = r->value[from];
        w->time[i] = r->time[from];
        w->split[i] = r->split[from];
    }
    memcpy(r->movie + first, w->movie, (size_t)count * sizeof *r->movie);
    memcpy(r->value + first, w->value, (size_t)count * sizeof *r->value);
    memcpy(r->time + first, w->time, (size_t)count * sizeof *r->time);
    memcpy(r->split + first, w->split, (size_t)count);
}

/* Whether rating i is to stay rather than the earlier one `best`, of the same split. */
static bool is_better(const hr_ratings *r, int64_t i, int64_t best, hr_duplicates rule)
{
    if (rule == HR_DUPLICATES_FIRST)
        return r->time[i] < r->time[best];
    if (rule == HR_DUPLICATES_MAX && r->value[i] != r->value[best])
        return r->value[i] > r->value[best];
    return r->time[i] >= r->time[best];
}

/* Which of ratings first … end - 1, of one movie, stays. */
static int64_t choose(const hr_ratings *r, int64_t first, int64_t end, hr_duplicates rule)
{
    const bool parts_count = rule != HR_DUPLICATES_CHANGED;
    int64_t best = first;
    for (int64_t i = first + 1; i < end; i++) {
        const int order = parts_count ? r->split[i] - r->split[best] : 0;
        if (order < 0 || (order == 0 && is_better(r, i, best, rule)))
            best = i;
    }
    return best;
}

static float sum_of(const hr_ratings *r, int64_t first, int64_t end, uint8_t split)
{
    double sum = 0.0;
    for (int64_t i = first; i < end; i++)
        sum += r->split[i] == split ? (double)r->value[i] : 0.0;
    return (float)sum;
}

/* Drops all but one of ratings first … end - 1, of one movie; false where the rule forbids it. */
static bool keep_one(hr_ratings *r, int64_t first, int64_t end, hr_duplicates rule)
{
    const int64_t kept = choose(r, first, end, rule);
    const uint8_t part = rule == HR_DUPLICATES_CHANGED ? r->split[first] : r->split[kept];
    if (rule == HR_DUPLICATES_ERROR)
        return false;
    if (rule == HR_DUPLICATES_SUM)
        r->value[kept] = sum_of(r, first, end, r->split[kept]);
    for (int64_t i = first; i < end; i++)
        if (i != kept)
            r->split[i] = HR_DROPPED;
    r->split[kept] = part;
    return isfinite(r->value[kept]);
}

/* Orders a user's ratings and returns how many are dropped; *wrong is the first movie that the rule forbids,
 * where there is one. */
static int64_t order_user(hr_ratings *r, int64_t user, hr_duplicates rule, const room *w, int32_t *wrong)
{
    const int64_t first = r->ptr[user], end = r->ptr[user + 1];
    int64_t dropped = 0;
    if (is_ordered(r->movie + first, end - first))
        return 0;
    sort_user(r, first, end - first, w);
    for (int64_t i = first, next; i < end; i = next) {
        for (next = i + 1; next < end && r->movie[next] == r->movie[i];)
            next++;
        dropped += next - i - 1;
        if (next > i + 1 && !keep_one(r, i, next, rule) && *wrong < 0)
            *wrong = r->movie[i];
    }
    return dropped;
}

static hr_status forbidden(hr_duplicates rule, const hr_ids *user_id, int64_t user, const hr_ids *movie_id,
                           int32_t movie, hr_error *err)
{
    char u[HR_ID_BUFFER], m[HR_ID_BUFFER];
    return hr_fail(err, HR_INPUT,
                   rule == HR_DUPLICATES_SUM
                       ? "the sum of user %s's ratings of %s is beyond the numbers that a rating can be"
                       : "user %s rates %s more than once; --duplicates last, first, sum or max says what is "
                         "to be done",
                   hr_ids_text(user_id, user, u), hr_ids_text(movie_id, movie, m));
}

hr_status hr_ratings_order(hr_ratings *r, hr_duplicates rule, const hr_ids *user_id, const hr_ids *movie_id,
                           int64_t *dropped, hr_error *err)
{
    const int64_t largest = hr_offsets_largest(r->ptr, r->users);
    int64_t count = 0, wrong_user = r->users;
    int32_t wrong_movie = -1;
    hr_status status = HR_OK;
#pragma omp parallel reduction(+ : count)
    {
        room w;
        hr_error mine = {""};
        const hr_status found = room_new(&w, largest, &mine);
#pragma omp critical
        if (found != HR_OK) {
            status = found;
            *err = mine;
        }
#pragma omp barrier
#pragma omp for schedule(dynamic, 64)
        for (int64_t u = 0; u < r->users; u++) {
            int32_t wrong = -1;
            if (status == HR_OK)
                count += order_user(r, u, rule, &w, &wrong);
#pragma omp critical
            if (wrong >= 0 && u < wrong_user) {
                wrong_user = u;
                wrong_movie = wrong;
            }
        }
        room_free(&w);
    }
    *dropped = count;
    if (status != HR_OK || wrong_movie < 0)
        return status;
    return forbidden(rule, user_id, r->first_user + wrong_user, movie_id, wrong_movie, err);
}
