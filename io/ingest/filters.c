#include "io/ingest/filters.h"

#include "io/base/memory.h"
#include "io/ingest/duplicates.h"

#include <string.h>

int64_t hr_drop_below(hr_ratings *r, float lowest)
{
    int64_t dropped = 0;
#pragma omp parallel for schedule(static) reduction(+ : dropped)
    for (int64_t i = 0; i < r->count; i++)
        if (r->split[i] != HR_DROPPED && r->value[i] < lowest) {
            r->split[i] = HR_DROPPED;
            dropped++;
        }
    return dropped;
}

/* Drops all ratings of users with less than `need`; returns how many. */
static int64_t drop_users(hr_ratings *r, int64_t need)
{
    int64_t dropped = 0;
#pragma omp parallel for schedule(dynamic, 64) reduction(+ : dropped)
    for (int64_t u = 0; u < r->users; u++) {
        const int64_t first = r->ptr[u], end = r->ptr[u + 1];
        int64_t left = 0;
        for (int64_t i = first; i < end; i++)
            left += r->split[i] != HR_DROPPED;
        if (left == 0 || left >= need)
            continue;
        memset(r->split + first, HR_DROPPED, (size_t)(end - first));
        dropped += left;
    }
    return dropped;
}

/* The same of movies, of which `left` [movies] receives the ratings on all ranks. */
static hr_status drop_movies(hr_ratings *r, const hr_comm *comm, int64_t need, int64_t *left,
                             int64_t *dropped, hr_error *err)
{
    int64_t count = 0;
    memset(left, 0, (size_t)r->movies * sizeof *left);
    for (int64_t i = 0; i < r->count; i++)
        left[r->movie[i]] += r->split[i] != HR_DROPPED;
    const hr_status status = hr_sum_i64(comm, left, r->movies, err);
    if (status != HR_OK)
        return status;
#pragma omp parallel for schedule(static) reduction(+ : count)
    for (int64_t i = 0; i < r->count; i++)
        if (r->split[i] != HR_DROPPED && left[r->movie[i]] < need) {
            r->split[i] = HR_DROPPED;
            count++;
        }
    *dropped = count;
    return status;
}

hr_status hr_keep_core(hr_ratings *r, const hr_comm *comm, int64_t users_need, int64_t movies_need,
                       int64_t *dropped, hr_error *err)
{
    int64_t *left = hr_alloc(r->movies, sizeof *left);
    hr_status status = left ? HR_OK : hr_fail_memory(err, r->movies, sizeof *left, "counts of movies");
    HR_TRY(hr_agree(comm, status, NULL, err));
    *dropped = 0;
    for (int64_t now = 1; now > 0;) {
        int64_t of_movies = 0;
        const int64_t of_users = drop_users(r, users_need);
        HR_TRY(drop_movies(r, comm, movies_need, left, &of_movies, err));
        *dropped += of_users + of_movies;
        now = of_movies; /* which takes ratings from users */
        HR_TRY(hr_sum_i64(comm, &now, 1, err));
    }
done:
    free(left);
    return status;
}
