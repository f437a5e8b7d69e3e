#include "trainer/layers/edge_blocks.h"

#include "io/base/even.h"
#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/comm/exchange.h"

#include <stdbool.h>

enum { BLOCK_BYTES = 1 << 18, WORKERS = 16 };

/* A rating on its way to the rank of its user's block. */
typedef struct rating {
    int32_t user, movie;
    float value;
} rating;

/* Lists of ratings for, or from, each rank. */
typedef struct rating_lists {
    int64_t *first; /* [ranks + 1] */
    rating *rating;
} rating_lists;

int32_t hr_edge_blocks_count(int64_t movies, int64_t row_bytes)
{
    const int64_t unit = (int64_t)WORKERS * BLOCK_BYTES, groups = (movies * row_bytes + unit - 1) / unit;
    return (int32_t)(WORKERS * (groups > 0 ? groups : 1));
}

static void lists_free(rating_lists *lists)
{
    free(lists->first);
    free(lists->rating);
}

/* The rank that has the block of an owned user. */
static int rank_of(const hr_edge_blocks *b, const hr_graph_context *graph, int64_t user)
{
    const hr_block_row at = hr_vertex_block_row(&b->user, graph->shard.vertex[user]);
    return hr_block_with(b->blocks, at.block, graph->grid.parts.size);
}

/* Lists the ratings of owned users by the rank that is to have them. */
static hr_status list_sent(rating_lists *sent, const hr_edge_blocks *b, const hr_graph_context *graph,
                           hr_error *err)
{
    hr_status status = HR_OK;
    const hr_shard *shard = &graph->shard;
    const int ranks = graph->grid.parts.size;
    const float mean = (float)graph->mean_rating;
    HR_ALLOC(sent->first, ranks + 1);
    HR_ALLOC(sent->rating, shard->rated_ptr[shard->owned_users]);
    for (int64_t u = 0; u < shard->owned_users; u++)
        sent->first[rank_of(b, graph, u) + 1] += shard->rated_ptr[u + 1] - shard->rated_ptr[u];
    hr_offsets_sum(sent->first, ranks);
    for (int64_t u = 0; u < shard->owned_users; u++) {
        int64_t *next = &sent->first[rank_of(b, graph, u)];
        for (int64_t i = shard->rated_ptr[u]; i < shard->rated_ptr[u + 1]; i++)
            sent->rating[(*next)++] =
                (rating){(int32_t)shard->vertex[u], shard->rated_movie[i], shard->rated_value[i] - mean};
    }
    hr_offsets_restore(sent->first, ranks);
done:
    return status;
}

static hr_status make_room(rating_lists *received, int64_t count, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(received->rating, count);
done:
    return status;
}

/* Receives the ratings of the users of this rank's blocks: those of a user together, by movie. */
static hr_status receive(rating_lists *received, const hr_edge_blocks *b, const hr_graph_context *graph,
                         hr_error *err)
{
    hr_status status = HR_OK;
    rating_lists sent = {0};
    const hr_comm *comm = &graph->grid.parts;
    status = list_sent(&sent, b, graph, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_exchange_offsets(comm, sent.first, received->first, err));
    status = make_room(received, received->first[comm->size], err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_exchange(comm, sent.rating, sent.first, received->rating, received->first,
                       (int64_t)sizeof *sent.rating, err));
done:
    lists_free(&sent);
    return status;
}

/* A block of users while its edges are put in order. */
typedef struct users_edges {
    const rating *rating; /* received */
    const int64_t *start; /* [rows of this rank's blocks] first rating of each user */
    int32_t *last;        /* [blocks of users here x B] row of the last visit of each block, or -1 */
} users_edges;

/* Of block `block` of users: calls `add` for each edge, in order. */
static void for_edges(hr_edge_blocks *b, const users_edges *u, int32_t block,
                      void (*add)(hr_edge_blocks *, int64_t, int32_t, bool, hr_descent_edge))
{
    int32_t *last = u->last + (int64_t)(block - b->first) * b->blocks;
    const int64_t first = b->user.first[block], rows = b->user.first[block + 1] - first;
    for (int32_t j = 0; j < b->blocks; j++)
        last[j] = -1;
    for (int64_t row = 0; row < rows; row++) {
        const int64_t start = u->start[first - b->user.first[b->first] + row];
        if (start < 0)
            continue;
        const int32_t user = u->rating[start].user;
        for (int64_t i = start; i < start + b->degree[user]; i++) {
            const hr_block_row movie = hr_vertex_block_row(&b->movie, u->rating[i].movie);
            const int64_t number = (int64_t)(block - b->first) * b->blocks + movie.block;
            add(b, number, (int32_t)row, last[movie.block] != row,
                (hr_descent_edge){movie.row, u->rating[i].value});
            last[movie.block] = (int32_t)row;
        }
    }
}

static void count_edge(hr_edge_blocks *b, int64_t number, int32_t user, bool is_first, hr_descent_edge edge)
{
    (void)user;
    (void)edge;
    b->visit_ptr[number + 1] += is_first;
    b->edge_ptr[number + 1]++;
}

/* Offsets have moved by what was stored before. */
static void store_edge(hr_edge_blocks *b, int64_t number, int32_t user, bool is_first, hr_descent_edge edge)
{
    if (is_first)
        b->visit[b->visit_ptr[number]++] = (hr_descent_visit){user, 0};
    b->visit[b->visit_ptr[number] - 1].edges++;
    b->edge[b->edge_ptr[number]++] = edge;
}

static hr_status list_users(users_edges *u, const hr_edge_blocks *b, const rating_lists *received,
                            int64_t count, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t *start = NULL;
    const int64_t before = b->user.first[b->first], rows = b->user.first[b->end] - before;
    u->rating = received->rating;
    HR_ALLOC(start, rows);
    u->start = start;
    HR_ALLOC(u->last, (int64_t)(b->end - b->first) * b->blocks);
    for (int64_t row = 0; row < rows; row++)
        start[row] = -1;
    for (int64_t i = 0; i < count; i += b->degree[received->rating[i].user]) {
        const hr_block_row at = hr_vertex_block_row(&b->user, received->rating[i].user);
        start[b->user.first[at.block] - before + at.row] = i;
    }
done:
    return status;
}

/* Puts received ratings in the order of blocks. */
static hr_status order_edges(hr_edge_blocks *b, const rating_lists *received, int64_t count, hr_error *err)
{
    hr_status status = HR_OK;
    users_edges users = {0};
    const int64_t numbers = (int64_t)(b->end - b->first) * b->blocks;
    HR_TRY(list_users(&users, b, received, count, err));
    HR_ALLOC(b->visit_ptr, numbers + 1);
    HR_ALLOC(b->edge_ptr, numbers + 1);
#pragma omp parallel for schedule(dynamic)
    for (int32_t block = b->first; block < b->end; block++)
        for_edges(b, &users, block, count_edge);
    hr_offsets_sum(b->visit_ptr, numbers);
    hr_offsets_sum(b->edge_ptr, numbers);
    HR_ALLOC(b->visit, b->visit_ptr[numbers]);
    HR_ALLOC(b->edge, b->edge_ptr[numbers]);
#pragma omp parallel for schedule(dynamic)
    for (int32_t block = b->first; block < b->end; block++)
        for_edges(b, &users, block, store_edge);
    hr_offsets_restore(b->visit_ptr, numbers);
    hr_offsets_restore(b->edge_ptr, numbers);
done:
    free((int64_t *)users.start);
    free(users.last);
    return status;
}

/* What a rank does by itself before ratings travel. */
static hr_status blocks_new(hr_edge_blocks *b, rating_lists *received, const hr_graph_context *graph,
                            hr_error *err)
{
    hr_status status = HR_OK;
    const hr_shard *shard = &graph->shard;
    HR_ALLOC(received->first, graph->grid.parts.size + 1);
    HR_ALLOC(b->degree, shard->users + shard->movies);
    for (int64_t v = 0; v < shard->owned; v++)
        b->degree[shard->vertex[v]] = shard->degree[v];
done:
    return status;
}

static hr_status deal(hr_edge_blocks *b, const hr_graph_context *graph, int32_t count, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_shard *shard = &graph->shard;
    const hr_comm *comm = &graph->grid.parts;
    b->blocks = count;
    b->first = (int32_t)hr_block_first(count, comm->rank, comm->size);
    b->end = (int32_t)hr_block_first(count, comm->rank + 1, comm->size);
    HR_TRY(hr_vertex_blocks_create(&b->user, count, shard->users, b->degree, err));
    HR_TRY(hr_vertex_blocks_create(&b->movie, count, shard->movies, b->degree + shard->users, err));
done:
    return status;
}

hr_status hr_edge_blocks_create(hr_edge_blocks *b, const hr_graph_context *graph, int32_t count,
                                hr_error *err)
{
    hr_status status = HR_OK;
    rating_lists received = {0};
    const hr_comm *comm = &graph->grid.parts;
    status = blocks_new(b, &received, graph, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_sum_i32(comm, b->degree, graph->shard.users + graph->shard.movies, err));
    status = deal(b, graph, count, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(receive(&received, b, graph, err));
    status = order_edges(b, &received, received.first[comm->size], err);
    HR_TRY(hr_agree(comm, status, NULL, err));
done:
    lists_free(&received);
    if (status != HR_OK)
        hr_edge_blocks_free(b);
    return status;
}

void hr_edge_blocks_free(hr_edge_blocks *b)
{
    hr_vertex_blocks_free(&b->user);
    hr_vertex_blocks_free(&b->movie);
    free(b->degree);
    free(b->visit_ptr);
    free(b->edge_ptr);
    free(b->visit);
    free(b->edge);
    *b = (hr_edge_blocks){0};
}
