#include "io/ingest/share.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/ingest/id_union.h"

#include <math.h>
#include <omp.h>
#include <string.h>

hr_status hr_shares_new(hr_shares *s, const hr_comm *comm, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t *threads = NULL; /* [ranks] */
    *s = (hr_shares){.count = omp_get_max_threads()};
    s->share = hr_alloc(s->count, sizeof *s->share);
    threads = hr_alloc(comm->size, sizeof *threads);
    if (!s->share || !threads)
        status = hr_fail_memory(err, s->count, sizeof *s->share, "shares of the rows");
    HR_TRY(hr_agree(comm, status, NULL, err));
    threads[comm->rank] = s->count;
    HR_TRY(hr_sum_i64(comm, threads, comm->size, err));
    for (int rank = 0; rank < comm->size; rank++) {
        s->first += rank < comm->rank ? threads[rank] : 0;
        s->all += threads[rank];
    }
done:
    free(threads);
    return status;
}

void hr_shares_free(hr_shares *s)
{
    for (int64_t i = 0; s->share && i < s->count; i++) {
        hr_dictionary_free(&s->share[i].users);
        hr_dictionary_free(&s->share[i].movies);
        free(s->share[i].rows);
        free(s->share[i].movie);
    }
    free(s->share);
    *s = (hr_shares){0};
}

hr_status hr_shares_agree(const hr_shares *s, const hr_comm *comm, hr_error *err)
{
    hr_status status = HR_OK;
    for (int64_t i = 0; i < s->count && status == HR_OK; i++)
        if (s->share[i].status != HR_OK) {
            status = s->share[i].status;
            *err = s->share[i].err;
        }
    return hr_agree(comm, status, NULL, err);
}

/* The first pass over a share. */
typedef struct counter {
    hr_share *share;
    const hr_time_range *range;
} counter;

/* Sources mostly come in order of user: most rows have the user of the row before. */
static hr_status user_of_row(hr_share *s, const hr_rating_rows *rows, int64_t i, int64_t *user, hr_error *err)
{
    const hr_text_piece text = rows->user[i];
    hr_status status = HR_OK;
    if (i > 0 && *user >= 0 && hr_is_same_text(text, rows->user[i - 1]))
        return HR_OK;
    const int64_t known = s->users.count;
    HR_TRY(hr_dictionary_number_piece(&s->users, text, user, err));
    if (s->users.count > known) {
        HR_GROW(s->rows, s->rows_capacity, s->users.count);
        s->rows[*user] = 0;
    }
done:
    return status;
}

static hr_status count_rows(void *context, const hr_rating_rows *rows, hr_error *err)
{
    const counter *c = context;
    hr_share *s = c->share;
    hr_status status = HR_OK;
    int64_t user = -1, movie = 0;
    s->read += rows->count;
    for (int64_t i = 0; i < rows->count; i++) {
        if (!hr_time_is_in(c->range, rows->time[i])) {
            s->outside++;
            user = -1;
            continue;
        }
        HR_TRY(user_of_row(s, rows, i, &user, err));
        HR_TRY(hr_dictionary_number_piece(&s->movies, rows->item[i], &movie, err));
        s->rows[user]++;
        s->timeless += rows->time[i] == HR_NO_TIME;
        s->lowest = rows->value[i] < s->lowest ? rows->value[i] : s->lowest;
        s->highest = rows->value[i] > s->highest ? rows->value[i] : s->highest;
    }
done:
    return status;
}

hr_status hr_shares_count(hr_shares *s, const hr_comm *comm, const hr_row_source *source,
                          const hr_time_range *range, hr_error *err)
{
#pragma omp parallel for schedule(static, 1)
    for (int64_t i = 0; i < s->count; i++) {
        hr_share *share = &s->share[i];
        counter c = {share, range};
        share->lowest = INFINITY;
        share->highest = -INFINITY;
        share->status =
            source->read(source->source, s->first + i, s->all, count_rows, &c, &share->bad, &share->err);
    }
    return hr_shares_agree(s, comm, err);
}

/* Numbers of a share's users and movies: users [users.count]. */
static hr_status number_share(hr_share *s, const hr_ids *user_id, const hr_ids *movie_id, int64_t **users,
                              hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(*users, s->users.count);
    HR_ALLOC(s->movie, s->movies.count);
    hr_id_positions(user_id, &s->users, *users);
    hr_id_positions(movie_id, &s->movies, s->movie);
done:
    return status;
}

static hr_status number_shares(const hr_shares *s, const hr_ids *user_id, const hr_ids *movie_id,
                               int64_t **users)
{
    hr_status status = HR_OK;
#pragma omp parallel for schedule(static, 1)
    for (int64_t i = 0; i < s->count; i++)
        s->share[i].status = number_share(&s->share[i], user_id, movie_id, &users[i], &s->share[i].err);
    for (int64_t i = 0; i < s->count && status == HR_OK; i++)
        status = s->share[i].status;
    return status;
}

/* Slots of the next row of each user in each share, after those of the ranks before, which `next` [users]
 * holds. */
static void place_shares(const hr_shares *s, int64_t *const *users, int64_t *next)
{
    for (int64_t i = 0; i < s->count; i++)
        for (int64_t u = 0; u < s->share[i].users.count; u++) {
            const int64_t user = users[i][u], rows = s->share[i].rows[u];
            s->share[i].rows[u] = next[user];
            next[user] += rows;
        }
}

hr_status hr_shares_number(hr_shares *s, const hr_comm *comm, const hr_ids *user_id, const hr_ids *movie_id,
                           int64_t *ptr, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t **users = hr_alloc(s->count, sizeof *users), *next = hr_alloc(user_id->count, sizeof *next);
    if (!users || !next)
        s->share[0].status =
            hr_fail_memory(&s->share[0].err, user_id->count, sizeof *next, "numbers of users");
    else
        (void)number_shares(s, user_id, movie_id, users); /* agreed on with the rest */
    HR_TRY(hr_shares_agree(s, comm, err));
    ptr[0] = 0;
    for (int64_t i = 0; i < s->count; i++)
        for (int64_t u = 0; u < s->share[i].users.count; u++)
            next[users[i][u]] += s->share[i].rows[u];
    memcpy(ptr + 1, next, (size_t)user_id->count * sizeof *next);
    HR_TRY(hr_sum_i64(comm, ptr + 1, user_id->count, err));
    HR_TRY(hr_sum_before_i64(comm, next, user_id->count, err));
    hr_offsets_sum(ptr, user_id->count);
    for (int64_t u = 0; u < user_id->count; u++)
        next[u] += ptr[u];
    place_shares(s, users, next);
done:
    for (int64_t i = 0; users && i < s->count; i++)
        free(users[i]);
    free(users);
    free(next);
    return status;
}

static hr_status read_both(const void *source, int64_t piece, int64_t pieces, hr_take_rows *take,
                           void *context, hr_bad_lines *bad, hr_error *err)
{
    const hr_both_rows *both = source;
    const hr_status status = both->first.read(both->first.source, piece, pieces, take, context, bad, err);
    return status == HR_OK && piece == pieces - 1 ? both->more->read(both->more->context, take, context, err)
                                                  : status;
}

static hr_status check_both(const void *source, int64_t rows, const hr_bad_lines *bad, hr_error *err)
{
    const hr_both_rows *both = source;
    return both->first.check ? both->first.check(both->first.source, rows - both->more->count, bad, err)
                             : HR_OK;
}

hr_row_source hr_both_rows_source(const hr_both_rows *both)
{
    return (hr_row_source){read_both, check_both, both, both->first.name};
}
