#include "io/ingest/place.h"

#include "io/base/even.h"
#include "io/base/memory.h"
#include "io/ingest/rounds.h"

#include <omp.h>

/* The second pass over a share. */
typedef struct placer {
    hr_share *share;
    const hr_time_range *range;
    hr_rounds *rounds;
    int64_t buffer; /* of the rounds, which one is this share's */
    hr_ratings *ratings;
    int64_t first_slot, end_slot; /* of this rank */
    int64_t slots;                /* of all ranks */
} placer;

static void store(const placer *p, int64_t slot, int64_t movie, const hr_rating_rows *rows, int64_t i)
{
    const int64_t at = slot - p->first_slot;
    p->ratings->movie[at] = (int32_t)movie;
    p->ratings->value[at] = rows->value[i];
    p->ratings->time[at] = rows->time[i];
    p->ratings->split[at] = rows->split;
}

static hr_status send(const placer *p, int64_t slot, int64_t movie, const hr_rating_rows *rows, int64_t i,
                      hr_error *err)
{
    const hr_placed placed = {.slot = slot,
                              .time = rows->time[i],
                              .movie = (int32_t)movie,
                              .value = rows->value[i],
                              .split = rows->split};
    return hr_rounds_send(p->rounds, p->buffer, &placed, err);
}

static hr_status have_changed(hr_error *err)
{
    return hr_fail(err, HR_INPUT, "the ratings have changed while they were read; import them again");
}

static hr_status place_rows(void *context, const hr_rating_rows *rows, hr_error *err)
{
    const placer *p = context;
    hr_share *s = p->share;
    hr_status status = HR_OK;
    int64_t user = -1;
    for (int64_t i = 0; i < rows->count; i++) {
        if (!hr_time_is_in(p->range, rows->time[i])) {
            user = -1;
            continue;
        }
        if (user < 0 || !hr_is_same_text(rows->user[i], rows->user[i - 1]))
            user = hr_dictionary_find_piece(&s->users, rows->user[i]);
        const int64_t item = hr_dictionary_find_piece(&s->movies, rows->item[i]);
        if (user < 0 || item < 0 || s->rows[user] >= p->slots)
            return have_changed(err);
        const int64_t slot = s->rows[user]++, movie = s->movie[item];
        if (slot >= p->first_slot && slot < p->end_slot)
            store(p, slot, movie, rows, i);
        else
            HR_TRY(send(p, slot, movie, rows, i, err));
    }
done:
    return status;
}

/* The arrays of this rank's users. */
static hr_status reserve(const hr_comm *comm, const int64_t *ptr, const int64_t *first_user, hr_ratings *r,
                         hr_error *err)
{
    hr_status status = HR_OK;
    r->first_user = first_user[comm->rank];
    r->users = first_user[comm->rank + 1] - r->first_user;
    r->count = ptr[r->first_user + r->users] - ptr[r->first_user];
    HR_ALLOC(r->ptr, r->users + 1);
    for (int64_t u = 0; u <= r->users; u++)
        r->ptr[u] = ptr[r->first_user + u] - ptr[r->first_user];
    HR_ALLOC_SHARED(r->movie, r->count);
    HR_ALLOC_SHARED(r->value, r->count);
    HR_ALLOC_SHARED(r->time, r->count);
    HR_ALLOC_SHARED(r->split, r->count);
done:
    return status;
}

static void read_share(hr_shares *s, int64_t i, const hr_row_source *source, const placer *all)
{
    hr_share *share = &s->share[i];
    hr_bad_lines skipped = {0}; /* the same as in the first pass */
    placer p = *all;
    p.share = share;
    p.buffer = i;
    share->status = source->read(source->source, s->first + i, s->all, place_rows, &p, &skipped, &share->err);
}

/* Reads all shares of this rank. Every thread exchanges until no rank has rows left. */
static void read_shares(hr_shares *s, const hr_row_source *source, const placer *all)
{
#pragma omp parallel num_threads((int)s->count)
    {
        hr_rounds_begin(all->rounds);
        for (int64_t i = omp_get_thread_num(); i < s->count; i += omp_get_num_threads())
            read_share(s, i, source, all);
        hr_rounds_finish(all->rounds);
    }
}

hr_status hr_place_ratings(hr_shares *s, const hr_comm *comm, const hr_row_source *source,
                           const hr_time_range *range, const int64_t *ptr, int64_t users, int64_t movies,
                           hr_ratings *r, hr_error *err)
{
    hr_rounds rounds = {0};
    int64_t *first_user = hr_alloc(comm->size + 1, sizeof *first_user);
    hr_status status = first_user ? HR_OK : hr_fail_memory(err, comm->size, sizeof *first_user, "ranges");
    *r = (hr_ratings){.movies = movies};
    if (status == HR_OK) {
        hr_even_groups(ptr, users, comm->size, first_user);
        status = reserve(comm, ptr, first_user, r, err);
    }
    if (status == HR_OK)
        status = hr_rounds_new(&rounds, comm, s->count, ptr, first_user, r, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    const int64_t first_slot = ptr[r->first_user];
    const placer all = {.range = range,
                        .rounds = &rounds,
                        .ratings = r,
                        .first_slot = first_slot,
                        .end_slot = first_slot + r->count,
                        .slots = ptr[users]};
    read_shares(s, source, &all);
    if (rounds.status != HR_OK) {
        *err = rounds.err;
        HR_TRY(rounds.status);
    }
    HR_TRY(hr_shares_agree(s, comm, err));
done:
    hr_rounds_free(&rounds);
    free(first_user);
    return status;
}
