#include "trainer/top/movie_tally.h"

#include "io/base/memory.h"

/* Users whose ratings are read at a time. */
enum { USERS_AT_A_TIME = 4096 };

static bool is_counted(const hr_tally_window *window, const hr_ratings *r, int64_t i)
{
    const bool all_times = window->since == INT64_MIN && window->until == INT64_MAX;
    if (window->train_only && r->split[i] != HR_TRAIN)
        return false;
    if (r->time[i] == HR_NO_TIME)
        return all_times;
    return r->time[i] >= window->since && r->time[i] <= window->until;
}

static void find_end(hr_movie_tally *tally, const hr_tally_window *window, const hr_ratings *r)
{
    for (int64_t i = 0; i < r->count; i++)
        if (is_counted(window, r, i) && r->time[i] > tally->end)
            tally->end = r->time[i];
}

static void count(hr_movie_tally *tally, const hr_tally_window *window, const hr_ratings *r)
{
    for (int64_t i = 0; i < r->count; i++) {
        const int32_t movie = r->movie[i];
        if (!is_counted(window, r, i))
            continue;
        tally->ratings[movie]++;
        tally->all++;
        tally->sum[movie] += (double)r->value[i];
        tally->mean += (double)r->value[i];
        if (r->time[i] != HR_NO_TIME && r->time[i] < tally->first[movie])
            tally->first[movie] = r->time[i];
        if (window->recent > 0 && r->time[i] != HR_NO_TIME &&
            (double)tally->end - (double)r->time[i] < (double)window->recent) {
            tally->recent[movie]++;
            tally->all_recent++;
        }
    }
}

/* Calls `add` with the ratings of all users, piece by piece. */
static hr_status each_piece(hr_movie_tally *tally, hr_h5 *dataset, int64_t users,
                            const hr_tally_window *window,
                            void (*add)(hr_movie_tally *, const hr_tally_window *, const hr_ratings *),
                            hr_error *err)
{
    hr_status status = HR_OK;
    hr_ratings slice = {0};
    for (int64_t first = 0; first < users; first += USERS_AT_A_TIME) {
        const int64_t left = users - first, some = left < USERS_AT_A_TIME ? left : USERS_AT_A_TIME;
        HR_TRY(hr_dataset_read_slice(dataset, first, some, 0.0, &slice, err));
        HR_TRY(hr_dataset_read_values(dataset, &slice, err));
        HR_TRY(hr_dataset_read_times(dataset, &slice, err));
        add(tally, window, &slice);
        hr_ratings_free(&slice);
    }
done:
    hr_ratings_free(&slice);
    return status;
}

hr_status hr_movie_tally_read(hr_movie_tally *tally, hr_h5 *dataset, const hr_dataset_summary *summary,
                              const hr_tally_window *window, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t movies = tally->movies = summary->movies;
    tally->end = INT64_MIN;
    HR_ALLOC(tally->ratings, movies);
    HR_ALLOC(tally->recent, movies);
    HR_ALLOC(tally->first, movies);
    HR_ALLOC(tally->sum, movies);
    for (int64_t m = 0; m < movies; m++)
        tally->first[m] = INT64_MAX;
    if (window->recent > 0)
        HR_TRY(each_piece(tally, dataset, summary->users, window, find_end, err));
    HR_TRY(each_piece(tally, dataset, summary->users, window, count, err));
    tally->mean = tally->all > 0 ? tally->mean / (double)tally->all : 0.0;
done:
    return status;
}

void hr_movie_tally_free(hr_movie_tally *tally)
{
    free(tally->ratings);
    free(tally->recent);
    free(tally->first);
    free(tally->sum);
    *tally = (hr_movie_tally){0};
}
