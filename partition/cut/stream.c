#include "partition/cut/stream.h"

#include "io/base/memory.h"
#include "io/base/philox.h"
#include "partition/cut/fill_parts.h"
#include "partition/cut/greedy.h"

#include <stdbool.h>
#include <string.h>

/* Parts that a user may go to: those that own most of its movies. Users whose candidates travel at a time.
 * Counts of movies that are summed over ranks at a time. Most rounds of streams. */
enum { CANDIDATES = 8, USERS_AT_ONCE = 1 << 15, COUNTS_AT_ONCE = 1 << 24, MOST_ROUNDS = 20 };

/* The share of cut edges that a round must save. */
static const double least_progress = 0.002;

typedef struct stream {
    const hr_graph *graph;
    int32_t parts;
    int32_t *owner; /* [vertices] */
    hr_greedy greedy;
    int32_t *count;        /* [parts] zero between uses */
    int32_t *seen;         /* [parts] parts with a count */
    hr_candidate *here;    /* [users_here x CANDIDATES] ended by a count of 0 */
    hr_candidate *travels; /* [USERS_AT_ONCE x CANDIDATES] */
    hr_candidate *list;    /* [parts] of a movie */
    int32_t *movie_part;   /* [movies at once x parts] edges of a movie by owner of the user */
} stream;

static int64_t movies_at_once(const stream *s)
{
    const int64_t movies = COUNTS_AT_ONCE / s->parts;
    return movies < 1 ? 1 : movies < s->graph->movies ? movies : s->graph->movies;
}

static hr_status stream_create(stream *s, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(s->owner, s->graph->users + s->graph->movies);
    HR_TRY(hr_greedy_create(&s->greedy, s->parts, err));
    HR_ALLOC(s->list, s->parts);
    HR_ALLOC(s->count, s->parts);
    HR_ALLOC(s->seen, s->parts);
    HR_ALLOC(s->here, s->graph->users_here * CANDIDATES);
    HR_ALLOC(s->travels, USERS_AT_ONCE * CANDIDATES);
    HR_ALLOC(s->movie_part, movies_at_once(s) * s->parts);
done:
    return status;
}

static void stream_free(stream *s)
{
    free(s->owner);
    hr_greedy_free(&s->greedy);
    free(s->list);
    free(s->count);
    free(s->seen);
    free(s->here);
    free(s->travels);
    free(s->movie_part);
}

/* Keeps the candidates in descending order of count; equal ones in order of part. */
static void insert(hr_candidate *list, hr_candidate c)
{
    int at = CANDIDATES;
    while (at > 0 &&
           (list[at - 1].count < c.count || (list[at - 1].count == c.count && list[at - 1].part > c.part))) {
        if (at < CANDIDATES)
            list[at] = list[at - 1];
        at--;
    }
    if (at < CANDIDATES)
        list[at] = c;
}

/* Counts the movies of this rank's users by owner. */
static void count_users(stream *s)
{
    const hr_graph *g = s->graph;
    const int32_t *movie_owner = s->owner + g->users;
    memset(s->here, 0, (size_t)(g->users_here * CANDIDATES) * sizeof *s->here);
    for (int64_t u = 0; u < g->users_here; u++) {
        int32_t seen = 0;
        for (int64_t e = g->user_ptr[u]; e < g->user_ptr[u + 1]; e++) {
            const int32_t part = movie_owner[g->user_movie[e]];
            if (s->count[part]++ == 0)
                s->seen[seen++] = part;
        }
        for (int32_t i = 0; i < seen; i++) {
            insert(s->here + u * CANDIDATES, (hr_candidate){s->seen[i], s->count[s->seen[i]]});
            s->count[s->seen[i]] = 0;
        }
    }
}

/* Streams all users, in order: each rank's candidates travel to all. */
static hr_status stream_users(stream *s, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_graph *g = s->graph;
    count_users(s);
    hr_greedy_begin(&s->greedy, g->degree, g->users);
    for (int rank = 0; rank < g->comm.size; rank++)
        for (int64_t first = g->rank_user[rank]; first < g->rank_user[rank + 1]; first += USERS_AT_ONCE) {
            const int64_t left = g->rank_user[rank + 1] - first,
                          count = left < USERS_AT_ONCE ? left : USERS_AT_ONCE;
            const int64_t bytes = count * CANDIDATES * (int64_t)sizeof *s->travels;
            if (rank == g->comm.rank)
                memcpy(s->travels, s->here + (first - g->first_user) * CANDIDATES, (size_t)bytes);
            HR_TRY(hr_broadcast(&g->comm, s->travels, bytes, rank, err));
            for (int64_t u = 0; u < count; u++)
                s->owner[first + u] = hr_greedy_place(&s->greedy, g->degree[first + u],
                                                      s->travels + u * CANDIDATES, CANDIDATES);
        }
done:
    return status;
}

/* Counts the users of movies first … end - 1, of this rank, by owner. */
static void count_movies(stream *s, int64_t first, int64_t end)
{
    const hr_graph *g = s->graph;
    memset(s->movie_part, 0, (size_t)((end - first) * s->parts) * sizeof *s->movie_part);
    for (int64_t u = 0; u < g->users_here; u++) {
        const int32_t part = s->owner[g->first_user + u];
        for (int64_t e = g->user_ptr[u]; e < g->user_ptr[u + 1]; e++)
            if (g->user_movie[e] >= first && g->user_movie[e] < end)
                s->movie_part[(g->user_movie[e] - first) * s->parts + part]++;
    }
}

static void place_movie(stream *s, int64_t movie, const int32_t *count)
{
    const int64_t vertex = s->graph->users + movie;
    int32_t listed = 0;
    for (int32_t p = 0; p < s->parts; p++)
        if (count[p] > 0)
            s->list[listed++] = (hr_candidate){p, count[p]};
    s->owner[vertex] = hr_greedy_place(&s->greedy, s->graph->degree[vertex], s->list, listed);
}

static hr_status stream_movies(stream *s, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_graph *g = s->graph;
    const int64_t step = movies_at_once(s);
    hr_greedy_begin(&s->greedy, g->degree + g->users, g->movies);
    for (int64_t first = 0; first < g->movies; first += step) {
        const int64_t end = first + step < g->movies ? first + step : g->movies;
        count_movies(s, first, end);
        HR_TRY(hr_sum_i32(&g->comm, s->movie_part, (end - first) * s->parts, err));
        for (int64_t m = first; m < end; m++)
            place_movie(s, m, s->movie_part + (m - first) * s->parts);
    }
done:
    return status;
}

/* Streams until a round saves next to nothing. The owners of the best round are left in `owner`. */
static hr_status stream_rounds(stream *s, int32_t *owner, hr_error *err)
{
    hr_status status = HR_OK;
    const size_t bytes = (size_t)(s->graph->users + s->graph->movies) * sizeof *owner;
    int64_t least = s->graph->edges + 1;
    bool gains = true;
    for (int round = 0; round < MOST_ROUNDS && gains; round++) {
        HR_TRY(stream_users(s, err));
        HR_TRY(stream_movies(s, err));
        const int64_t cut = s->graph->edges - s->greedy.kept;
        gains = (double)cut < (1.0 - least_progress) * (double)least;
        if (cut < least) {
            least = cut;
            memcpy(owner, s->owner, bytes);
        }
    }
done:
    return status;
}

hr_status hr_cut_stream(const hr_graph *graph, int32_t parts, uint64_t seed, int32_t *owner, hr_error *err)
{
    stream s = {.graph = graph, .parts = parts};
    hr_status status = stream_create(&s, err);
    HR_TRY(hr_agree(&graph->comm, status, NULL, err));
    for (int64_t v = graph->users; v < graph->users + graph->movies; v++)
        s.owner[v] =
            (int32_t)hr_below(hr_philox(seed, HR_STREAM_PARTITION, 1, (uint64_t)v).word[0], (uint32_t)parts);
    HR_TRY(stream_rounds(&s, owner, err));
    int32_t filled = 0;
    status = hr_parts_fill(graph->degree, 1, graph->users + graph->movies, parts, owner, &filled, err);
    HR_TRY(hr_agree(&graph->comm, status, NULL, err));
done:
    stream_free(&s);
    return status;
}
