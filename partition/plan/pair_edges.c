#include "partition/plan/pair_edges.h"

#include "io/base/memory.h"
#include "io/comm/exchange.h"

#include <string.h>

hr_status hr_pair_edges_create(hr_pair_edges *edges, const hr_graph *graph, const int32_t *owner,
                               int32_t parts, hr_error *err)
{
    hr_status status = HR_OK;
    *edges = (hr_pair_edges){.graph = graph, .owner = owner, .parts = parts};
    HR_ALLOC(edges->sent_ptr, graph->comm.size + 1);
    HR_ALLOC(edges->received_ptr, graph->comm.size + 1);
    HR_ALLOC(edges->cursor, graph->comm.size);
done:
    return status;
}

/* What a round takes in memory, beside `at`. */
static void forget_round(hr_pair_edges *edges)
{
    if (edges->received != edges->sent)
        free(edges->received);
    free(edges->sent);
    free(edges->answer);
    free(edges->words);
    edges->sent = edges->received = NULL;
    edges->answer = NULL;
    edges->words = NULL;
}

void hr_pair_edges_free(hr_pair_edges *edges)
{
    forget_round(edges);
    free(edges->length);
    free(edges->at);
    free(edges->last_user);
    free(edges->sent_ptr);
    free(edges->received_ptr);
    free(edges->cursor);
    *edges = (hr_pair_edges){0};
}

static int rank_of(const hr_pair_edges *edges, int32_t p, int32_t q)
{
    return (int)(((int64_t)p + q) % edges->graph->comm.size);
}

static int64_t index_of(const hr_pair_edges *edges, int32_t p, int32_t q)
{
    return (int64_t)(p - edges->first) * edges->parts + q;
}

/* What a scan of this rank's edges does with those of the round. */
typedef enum purpose { COUNT, FILL, TAKE } purpose;

static void scan(hr_pair_edges *edges, purpose why, const uint8_t *answer, uint8_t *with_movie)
{
    const hr_graph *g = edges->graph;
    const int64_t pairs = (int64_t)(edges->end - edges->first) * edges->parts;
    memset(edges->last_user, 0xFF, (size_t)pairs * sizeof *edges->last_user);
    for (int32_t u = 0; u < g->users_here; u++) {
        const int32_t user = (int32_t)g->first_user + u, a = edges->owner[user];
        for (int64_t e = g->user_ptr[u]; e < g->user_ptr[u + 1]; e++) {
            const int32_t b = edges->owner[g->users + g->user_movie[e]], p = a < b ? a : b;
            if (a == b || p < edges->first || p >= edges->end)
                continue;
            const int64_t i = index_of(edges, p, a + b - p);
            const bool is_first = edges->last_user[i] != u;
            edges->last_user[i] = u;
            if (why == COUNT) {
                edges->length[i] += 1 + is_first;
            } else if (why == FILL) {
                if (is_first)
                    edges->sent[edges->at[i]++] = -1 - user;
                edges->sent[edges->at[i]++] = g->user_movie[e];
            } else {
                edges->at[i] += is_first;
                with_movie[e] = answer[edges->at[i]++];
            }
        }
    }
}

/* Sets `at` to where the words of each pair begin: they are sorted by the rank that has the pair, then by pair. */
static void lay_out(hr_pair_edges *edges, int64_t *next)
{
    memcpy(next, edges->sent_ptr, (size_t)edges->graph->comm.size * sizeof *next);
    for (int32_t p = edges->first; p < edges->end; p++)
        for (int32_t q = p + 1; q < edges->parts; q++) {
            const int64_t i = index_of(edges, p, q);
            const int rank = rank_of(edges, p, q);
            edges->at[i] = next[rank];
            next[rank] += edges->length[i];
        }
}

/* Tells every rank how many words come for each of its pairs. */
static hr_status exchange_lengths(hr_pair_edges *edges, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm *comm = &edges->graph->comm;
    int64_t pair_ptr[comm->size + 1], received[comm->size + 1], next[comm->size], *length = NULL;
    memset(pair_ptr, 0, sizeof pair_ptr);
    for (int32_t p = edges->first; p < edges->end; p++)
        for (int32_t q = p + 1; q < edges->parts; q++)
            pair_ptr[rank_of(edges, p, q) + 1]++;
    edges->pairs = pair_ptr[comm->rank + 1];
    for (int r = 0; r < comm->size; r++) {
        pair_ptr[r + 1] += pair_ptr[r];
        next[r] = pair_ptr[r];
        received[r] = r * edges->pairs;
    }
    received[comm->size] = comm->size * edges->pairs;
    length = hr_alloc(pair_ptr[comm->size], sizeof *length);
    edges->words = hr_alloc(received[comm->size], sizeof *edges->words);
    if (!length || !edges->words)
        status = hr_fail_memory(err, received[comm->size], sizeof *length, "lengths of pairs");
    HR_TRY(hr_agree(comm, status, NULL, err));
    for (int32_t p = edges->first; p < edges->end; p++)
        for (int32_t q = p + 1; q < edges->parts; q++)
            length[next[rank_of(edges, p, q)]++] = edges->length[index_of(edges, p, q)];
    HR_TRY(hr_exchange(comm, length, pair_ptr, edges->words, received, sizeof *length, err));
done:
    free(length);
    return status;
}

/* Counts the words of each pair and rank, and makes room for those sent. */
static hr_status count_words(hr_pair_edges *edges, int64_t *next, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t pairs = (int64_t)(edges->end - edges->first) * edges->parts;
    const int ranks = edges->graph->comm.size;
    HR_GROW(edges->length, edges->length_capacity, pairs);
    HR_GROW(edges->at, edges->at_capacity, pairs);
    HR_GROW(edges->last_user, edges->user_capacity, pairs);
    memset(edges->length, 0, (size_t)pairs * sizeof *edges->length);
    scan(edges, COUNT, NULL, NULL);
    memset(edges->sent_ptr, 0, (size_t)(ranks + 1) * sizeof *edges->sent_ptr);
    for (int32_t p = edges->first; p < edges->end; p++)
        for (int32_t q = p + 1; q < edges->parts; q++)
            edges->sent_ptr[rank_of(edges, p, q) + 1] += edges->length[index_of(edges, p, q)];
    for (int r = 0; r < ranks; r++)
        edges->sent_ptr[r + 1] += edges->sent_ptr[r];
    HR_ALLOC(edges->sent, edges->sent_ptr[ranks]);
    lay_out(edges, next);
done:
    return status;
}

/* Room for what comes. One rank reads what it sends where it is. */
static hr_status make_room(hr_pair_edges *edges, hr_error *err)
{
    hr_status status = HR_OK;
    const int ranks = edges->graph->comm.size;
    HR_ALLOC(edges->answer, edges->received_ptr[ranks]);
    if (ranks == 1)
        edges->received = edges->sent;
    else
        HR_ALLOC(edges->received, edges->received_ptr[ranks]);
done:
    return status;
}

hr_status hr_pair_edges_bring(hr_pair_edges *edges, int32_t first, int32_t end, hr_error *err)
{
    const hr_comm *comm = &edges->graph->comm;
    int64_t next[comm->size];
    hr_status status = HR_OK;
    forget_round(edges);
    edges->first = first;
    edges->end = end;
    status = count_words(edges, next, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    scan(edges, FILL, NULL, NULL);
    HR_TRY(exchange_lengths(edges, err));
    HR_TRY(hr_exchange_offsets(comm, edges->sent_ptr, edges->received_ptr, err));
    status = make_room(edges, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    if (comm->size > 1)
        HR_TRY(hr_exchange(comm, edges->sent, edges->sent_ptr, edges->received, edges->received_ptr,
                           sizeof *edges->sent, err));
done:
    return status;
}

void hr_pair_rewind(hr_pair *pair)
{
    pair->rank = -1;
    pair->next = pair->end = 0;
}

hr_status hr_pair_edges_each(hr_pair_edges *edges, hr_pair_visit *visit, void *context, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm *comm = &edges->graph->comm;
    hr_pair pair = {.edges = edges};
    memcpy(edges->cursor, edges->received_ptr, (size_t)comm->size * sizeof *edges->cursor);
    for (pair.p = edges->first; pair.p < edges->end; pair.p++)
        for (pair.q = pair.p + 1; pair.q < edges->parts; pair.q++) {
            if (rank_of(edges, pair.p, pair.q) != comm->rank)
                continue;
            hr_pair_rewind(&pair);
            HR_TRY(visit(context, &pair, err));
            for (int r = 0; r < comm->size; r++)
                edges->cursor[r] += edges->words[r * edges->pairs + pair.number];
            pair.number++;
        }
done:
    return status;
}

hr_status hr_pair_edges_answer(hr_pair_edges *edges, uint8_t *with_movie, hr_error *err)
{
    const hr_comm *comm = &edges->graph->comm;
    int64_t next[comm->size];
    hr_status status = HR_OK;
    uint8_t *returned = comm->size == 1 ? edges->answer : hr_alloc(edges->sent_ptr[comm->size], 1);
    if (!returned)
        status = hr_fail_memory(err, edges->sent_ptr[comm->size], 1, "answers");
    HR_TRY(hr_agree(comm, status, NULL, err));
    if (comm->size > 1)
        HR_TRY(hr_exchange(comm, edges->answer, edges->received_ptr, returned, edges->sent_ptr, 1, err));
    lay_out(edges, next);
    scan(edges, TAKE, returned, with_movie);
done:
    if (returned != edges->answer)
        free(returned);
    return status;
}
