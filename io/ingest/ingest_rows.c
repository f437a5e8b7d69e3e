#include "io/ingest/ingest_rows.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/base/search.h"
#include "io/ingest/compact.h"
#include "io/ingest/filters.h"
#include "io/ingest/id_union.h"
#include "io/ingest/place.h"
#include "io/ingest/share.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* One call of hr_ingest_rows. */
typedef struct maker {
    const hr_comm *comm;
    const hr_row_source *source;
    const hr_dictionary *listed;
    const hr_row_filters *filters;
    hr_dataset *out;
    hr_row_counts *counts;
    hr_shares shares;
    int64_t *ptr;    /* [users + 1] slots of each user, of all ranks */
    bool *is_listed; /* [movies] */
} maker;

static hr_status sum_counts(const maker *m, hr_error *err)
{
    hr_row_counts *c = m->counts;
    hr_status status = HR_OK;
    for (int64_t i = 0; i < m->shares.count; i++) {
        const hr_share *s = &m->shares.share[i];
        c->read += s->read;
        c->outside += s->outside;
        c->timeless += s->timeless;
        c->lowest = fminf(c->lowest, s->lowest);
        c->highest = fmaxf(c->highest, s->highest);
    }
    int64_t sums[] = {c->read, c->outside, c->timeless};
    float extremes[] = {-c->lowest, c->highest};
    HR_TRY(hr_sum_i64(m->comm, sums, 3, err));
    HR_TRY(hr_max_f32(m->comm, extremes, 2, err));
    c->read = sums[0];
    c->outside = sums[1];
    c->timeless = sums[2];
    c->lowest = -extremes[0];
    c->highest = extremes[1];
done:
    return status;
}

/* The bad lines of all shares, in their order, the same on all ranks. */
static hr_status merge_bad(const maker *m, hr_error *err)
{
    const int ranks = m->comm->size;
    int64_t *first = hr_alloc(ranks + 1, sizeof *first);
    hr_bad_lines *of_rank = hr_alloc(ranks, sizeof *of_rank);
    hr_status status = first && of_rank ? HR_OK : hr_fail_memory(err, ranks, sizeof *of_rank, "bad lines");
    HR_TRY(hr_agree(m->comm, status, NULL, err));
    for (int rank = 0; rank <= ranks; rank++)
        first[rank] = rank;
    for (int64_t i = 0; i < m->shares.count; i++)
        hr_bad_lines_merge(&of_rank[m->comm->rank], &m->shares.share[i].bad);
    HR_TRY(hr_gather_shares(m->comm, of_rank, first, sizeof *of_rank, err));
    for (int rank = 0; rank < ranks; rank++)
        hr_bad_lines_merge(&m->counts->bad, &of_rank[rank]);
    if (m->source->check)
        status = m->source->check(m->source->source, m->counts->read, &m->counts->bad, err);
    HR_TRY(hr_agree(m->comm, status, NULL, err));
done:
    free(of_rank);
    free(first);
    return status;
}

static hr_status check_count(const maker *m, int64_t count, const char *what, hr_error *err)
{
    if (count <= INT32_MAX)
        return HR_OK;
    return hr_fail(err, HR_MEMORY, "%s: has %" PRId64 " different %s, expected at most %d", m->source->name,
                   count, what, INT32_MAX);
}

static hr_status nothing_left(const maker *m, hr_error *err)
{
    const hr_row_counts *c = m->counts;
    return hr_fail(err, HR_INPUT,
                   "%s: no ratings: %" PRId64 " read, %" PRId64 " bad lines, %" PRId64
                   " outside --since and --until, %" PRId64 " below --min-rating, %" PRId64
                   " not in the --k-core",
                   m->source->name, c->read, c->bad.count, c->outside, c->below, c->not_in_core);
}

/* The ids of all users and movies. */
static hr_status find_ids(maker *m, hr_error *err)
{
    const int64_t count = m->shares.count;
    const hr_dictionary **dictionaries = hr_alloc(count + 1, sizeof *dictionaries);
    hr_status status =
        dictionaries ? HR_OK : hr_fail_memory(err, count, sizeof *dictionaries, "dictionaries");
    HR_TRY(hr_agree(m->comm, status, NULL, err));
    for (int64_t i = 0; i < count; i++)
        dictionaries[i] = &m->shares.share[i].users;
    HR_TRY(hr_id_union(m->comm, dictionaries, (int)count, &m->out->user_id, err));
    if (m->out->user_id.count == 0)
        HR_TRY(nothing_left(m, err));
    for (int64_t i = 0; i < count; i++)
        dictionaries[i] = &m->shares.share[i].movies;
    dictionaries[count] = m->listed;
    HR_TRY(hr_id_union(m->comm, dictionaries, (int)count + 1, &m->out->movie_id, err));
    HR_TRY(check_count(m, m->out->user_id.count, "users", err));
    HR_TRY(check_count(m, m->out->movie_id.count, "movies", err));
done:
    free(dictionaries);
    return status;
}

/* Both passes; what only they need is freed. */
static hr_status read_rows(maker *m, hr_error *err)
{
    hr_status status = HR_OK;
    hr_dataset *out = m->out;
    HR_TRY(hr_shares_new(&m->shares, m->comm, err));
    HR_TRY(hr_shares_count(&m->shares, m->comm, m->source, &m->filters->range, err));
    HR_TRY(sum_counts(m, err));
    HR_TRY(merge_bad(m, err));
    HR_TRY(find_ids(m, err));
    m->ptr = hr_alloc(out->user_id.count + 1, sizeof *m->ptr);
    if (!m->ptr)
        status = hr_fail_memory(err, out->user_id.count, sizeof *m->ptr, "users");
    HR_TRY(hr_agree(m->comm, status, NULL, err));
    HR_TRY(hr_shares_number(&m->shares, m->comm, &out->user_id, &out->movie_id, m->ptr, err));
    HR_TRY(hr_place_ratings(&m->shares, m->comm, m->source, &m->filters->range, m->ptr, out->user_id.count,
                            out->movie_id.count, &out->ratings, err));
done:
    hr_shares_free(&m->shares);
    free(m->ptr);
    m->ptr = NULL;
    return status;
}

/* Duplicates, then the filters. */
static hr_status drop(maker *m, hr_error *err)
{
    const hr_row_filters *f = m->filters;
    hr_dataset *out = m->out;
    int64_t dropped[3] = {0, 0, 0};
    hr_status status =
        hr_ratings_order(&out->ratings, f->duplicates, &out->user_id, &out->movie_id, &dropped[0], err);
    HR_TRY(hr_agree(m->comm, status, NULL, err));
    if (f->min_rating > -INFINITY)
        dropped[1] = hr_drop_below(&out->ratings, f->min_rating);
    if (f->users_need > 0 || f->movies_need > 0)
        HR_TRY(hr_keep_core(&out->ratings, m->comm, f->users_need, f->movies_need, &dropped[2], err));
    HR_TRY(hr_sum_i64(m->comm, dropped, 3, err));
    m->counts->duplicates = dropped[0];
    m->counts->below = dropped[1];
    m->counts->not_in_core = dropped[2];
    m->counts->kept = m->counts->read - m->counts->outside - dropped[0] - dropped[1] - dropped[2];
    if (m->counts->kept == 0)
        HR_TRY(nothing_left(m, err));
done:
    return status;
}

/* Flags the movies that stay without ratings, the same on all ranks. */
static hr_status flag_listed(maker *m, hr_error *err)
{
    int64_t *place = hr_alloc(m->listed->count, sizeof *place);
    const int64_t movies = m->out->movie_id.count;
    m->is_listed = hr_alloc(movies, sizeof *m->is_listed);
    hr_status status =
        place && m->is_listed ? HR_OK : hr_fail_memory(err, movies, sizeof *place, "listed movies");
    HR_TRY(hr_agree(m->comm, status, NULL, err));
    if (m->filters->movies_need == 0) {
        hr_id_positions(&m->out->movie_id, m->listed, place);
        for (int64_t i = 0; i < m->listed->count; i++)
            m->is_listed[place[i]] = true;
    }
    HR_TRY(hr_broadcast(m->comm, m->is_listed, movies * (int64_t)sizeof *m->is_listed, 0, err));
done:
    free(place);
    return status;
}

hr_status hr_ingest_rows(const hr_comm *comm, const hr_row_source *source, const hr_dictionary *listed,
                         const hr_row_filters *filters, hr_dataset *dataset, hr_row_counts *counts,
                         hr_error *err)
{
    hr_status status = HR_OK;
    maker m = {comm, source, listed, filters, dataset, counts, {0}, NULL, NULL};
    *counts = (hr_row_counts){.lowest = INFINITY, .highest = -INFINITY};
    HR_TRY(read_rows(&m, err));
    HR_TRY(drop(&m, err));
    if (counts->duplicates + counts->below + counts->not_in_core > 0 || filters->movies_need > 0) {
        HR_TRY(flag_listed(&m, err));
        HR_TRY(hr_compact(&dataset->ratings, comm, &dataset->user_id, &dataset->movie_id, m.is_listed, err));
    }
done:
    free(m.is_listed);
    return status;
}
