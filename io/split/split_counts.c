#include "io/split/split_counts.h"

#include "io/base/memory.h"

#include <stdbool.h>

hr_status hr_split_tally_begin(hr_split_tally *tally, int64_t movies, hr_error *err)
{
    hr_status status = HR_OK;
    *tally = (hr_split_tally){.movies = movies};
    for (int part = 0; part < HR_SPLITS; part++) {
        tally->counts.first_time[part] = INT64_MAX;
        tally->counts.last_time[part] = HR_NO_TIME;
    }
    HR_ALLOC(tally->movie, HR_SPLITS * movies);
done:
    return status;
}

void hr_split_tally_free(hr_split_tally *tally)
{
    free(tally->movie);
    tally->movie = NULL;
}

static void add_time(hr_split_counts *c, int part, int64_t time)
{
    if (time == HR_NO_TIME) {
        c->untimed++;
        return;
    }
    c->first_time[part] = time < c->first_time[part] ? time : c->first_time[part];
    c->last_time[part] = time > c->last_time[part] ? time : c->last_time[part];
}

static void add_user(hr_split_counts *c, const int64_t in_part[HR_SPLITS])
{
    int64_t all = 0;
    for (int part = 0; part < HR_SPLITS; part++) {
        c->ratings[part] += in_part[part];
        c->users[part] += in_part[part] > 0;
        all += in_part[part];
    }
    c->users_without_train += all > 0 && in_part[HR_TRAIN] == 0;
}

void hr_split_tally_add(hr_split_tally *tally, const hr_ratings *slice)
{
    for (int64_t u = 0; u < slice->users; u++) {
        int64_t in_part[HR_SPLITS] = {0};
        for (int64_t i = slice->ptr[u]; i < slice->ptr[u + 1]; i++) {
            in_part[slice->split[i]]++;
            tally->movie[slice->split[i] * tally->movies + slice->movie[i]]++;
            add_time(&tally->counts, slice->split[i], slice->time ? slice->time[i] : HR_NO_TIME);
        }
        add_user(&tally->counts, in_part);
    }
}

/* Sums over ranks: the numbers of ratings and users. */
static hr_status sum_counts(hr_split_counts *c, const hr_comm *comm, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t times[2 * HR_SPLITS]; /* ~x, which is -x - 1, has the opposite order */
    for (int part = 0; part < HR_SPLITS; part++) {
        times[part] = ~c->first_time[part];
        times[HR_SPLITS + part] = c->last_time[part];
    }
    HR_TRY(hr_sum_i64(comm, c->ratings, HR_SPLITS, err));
    HR_TRY(hr_sum_i64(comm, c->users, HR_SPLITS, err));
    HR_TRY(hr_sum_i64(comm, &c->untimed, 1, err));
    HR_TRY(hr_sum_i64(comm, &c->users_without_train, 1, err));
    HR_TRY(hr_max_i64(comm, times, 2 * HR_SPLITS, err));
    for (int part = 0; part < HR_SPLITS; part++) {
        c->last_time[part] = times[HR_SPLITS + part];
        c->first_time[part] = c->last_time[part] == HR_NO_TIME ? HR_NO_TIME : ~times[part];
    }
done:
    return status;
}

hr_status hr_split_tally_finish(hr_split_tally *tally, const hr_comm *comm, hr_error *err)
{
    hr_status status = HR_OK;
    hr_split_counts *c = &tally->counts;
    const int64_t movies = tally->movies;
    HR_TRY(sum_counts(c, comm, err));
    HR_TRY(hr_sum_i32(comm, tally->movie, HR_SPLITS * movies, err));
    for (int64_t m = 0; m < movies; m++) {
        int64_t all = 0;
        for (int part = 0; part < HR_SPLITS; part++) {
            c->movies[part] += tally->movie[part * movies + m] > 0;
            all += tally->movie[part * movies + m];
        }
        if (all == 0 || tally->movie[HR_TRAIN * movies + m] > 0)
            continue;
        c->movies_unseen++;
        c->ratings_of_unseen += tally->movie[HR_VALID * movies + m] + tally->movie[HR_TEST * movies + m];
    }
done:
    return status;
}

hr_status hr_split_count(const hr_comm *comm, const hr_ratings *slice, hr_split_counts *counts, hr_error *err)
{
    hr_split_tally tally = {0};
    hr_status status = hr_split_tally_begin(&tally, slice->movies, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    hr_split_tally_add(&tally, slice);
    HR_TRY(hr_split_tally_finish(&tally, comm, err));
    *counts = tally.counts;
done:
    hr_split_tally_free(&tally);
    return status;
}
