#include "partition/plan/placement.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "partition/plan/cover.h"
#include "partition/plan/free_edges.h"
#include "partition/plan/pair_edges.h"

#include <stdbool.h>
#include <string.h>

/* Most pairs of a round, and most cut edges of it for each part of the plan, unless those of one lower part are
 * more. They do not depend on the number of ranks, nor do rounds. */
enum { PAIRS_OF_ROUND = 1 << 22, EDGES_OF_ROUND = 1 << 22 };

/* Answers to an edge: on the part of its user, of its movie, or either. */
enum { WITH_USER = 0, WITH_MOVIE = 1, EITHER = 2 };

/* Workspace. The edges of one pair of parts p < q are a bipartite graph: p's vertices on the left. */
typedef struct work {
    const hr_graph *graph;
    const int32_t *owner;
    int32_t parts;
    hr_placement *out;
    hr_pair_edges edges;
    int64_t *cost;       /* [parts] cost of a part's edges and movies, in edges */
    int64_t *added;      /* [2][parts] edges, and cost of movies, that this rank's pairs add in a round */
    int64_t *by_lower;   /* [parts] cut edges with lower part p, of all ranks */
    hr_free_list either; /* of the round */

    int32_t *compact;  /* [vertices] number of a vertex in the pair's graph, or UNSEEN */
    int64_t *vertex;   /* [2][vertices] vertices of the pair's graph, left and right */
    int64_t *left_ptr; /* [vertices + 1] */
    uint8_t *in_cover; /* [2][vertices] */
    int32_t *right_of; /* [pair edges] */
    int64_t right_capacity;
} work;

enum { UNSEEN = -1, LEFT = 0, RIGHT = 1 };

/* Cost of a movie on a part, in edges. The edge sweep accesses movie rows at random: the more movies a part
 * has, the more often a row has left the cache. */
static int64_t movie_cost(const hr_graph *graph)
{
    enum { MOST = 64, SHARE = 8 };
    const int64_t share = graph->edges / graph->movies / SHARE;
    return share < MOST ? share : MOST;
}

static int64_t vertices_of(const work *w)
{
    return w->graph->users + w->graph->movies;
}

static hr_status work_create(work *w, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(w->out->with_movie, hr_graph_edges_here(w->graph));
    HR_ALLOC(w->out->load, w->parts);
    HR_ALLOC(w->cost, w->parts);
    HR_ALLOC(w->added, 2 * (int64_t)w->parts);
    HR_ALLOC(w->by_lower, w->parts);
    HR_ALLOC(w->compact, vertices_of(w));
    HR_ALLOC(w->vertex, 2 * vertices_of(w));
    HR_ALLOC(w->left_ptr, vertices_of(w) + 1);
    HR_ALLOC(w->in_cover, 2 * vertices_of(w));
    memset(w->compact, 0xFF, (size_t)vertices_of(w) * sizeof *w->compact);
    HR_TRY(hr_pair_edges_create(&w->edges, w->graph, w->owner, w->parts, err));
done:
    return status;
}

static void work_free(work *w)
{
    hr_pair_edges_free(&w->edges);
    free(w->cost);
    free(w->added);
    free(w->by_lower);
    free(w->either.pair);
    free(w->compact);
    free(w->vertex);
    free(w->left_ptr);
    free(w->in_cover);
    free(w->right_of);
}

/* Assigns the edges within parts and counts cut edges by their lower part. */
static hr_status assign_inner_edges(work *w, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_graph *g = w->graph;
    for (int64_t u = 0; u < g->users_here; u++)
        for (int64_t e = g->user_ptr[u]; e < g->user_ptr[u + 1]; e++) {
            const int32_t a = w->owner[g->first_user + u], b = w->owner[g->users + g->user_movie[e]];
            if (a == b)
                w->out->load[a]++;
            else
                w->by_lower[a < b ? a : b]++;
        }
    HR_TRY(hr_sum_i64(&g->comm, w->out->load, w->parts, err));
    HR_TRY(hr_sum_i64(&g->comm, w->by_lower, w->parts, err));
    for (int32_t p = 0; p < w->parts; p++) {
        w->out->cut_edges += w->by_lower[p];
        w->cost[p] += w->out->load[p];
    }
    for (int64_t m = 0; m < g->movies; m++)
        w->cost[w->owner[g->users + m]] += movie_cost(g);
done:
    return status;
}

/* The ends of a cut edge by side; the left end is that of the lower part. */
static void ends_of(const work *w, const hr_pair *pair, int64_t ends[2])
{
    const int user_side = w->owner[pair->user] == pair->p ? LEFT : RIGHT;
    ends[user_side] = pair->user;
    ends[!user_side] = w->graph->users + pair->movie;
}

/* Numbers the vertices of a pair's edges from 0, separately on each side, and counts the edges of left ones. */
static hr_status number_vertices(work *w, hr_pair *pair, int64_t sizes[2], hr_error *err)
{
    hr_status status = HR_OK;
    int64_t ends[2], edges = 0;
    sizes[LEFT] = sizes[RIGHT] = 0;
    w->left_ptr[0] = 0;
    hr_pair_rewind(pair);
    for (; hr_pair_next(pair); edges++) {
        ends_of(w, pair, ends);
        for (int side = LEFT; side <= RIGHT; side++)
            if (w->compact[ends[side]] == UNSEEN) {
                w->compact[ends[side]] = (int32_t)sizes[side];
                w->vertex[side * vertices_of(w) + sizes[side]++] = ends[side];
                if (side == LEFT)
                    w->left_ptr[sizes[LEFT]] = 0;
            }
        w->left_ptr[w->compact[ends[LEFT]] + 1]++;
    }
    HR_GROW(w->right_of, w->right_capacity, edges);
done:
    return status;
}

static hr_bipartite pair_graph(work *w, hr_pair *pair, const int64_t sizes[2])
{
    int64_t ends[2];
    hr_offsets_sum(w->left_ptr, sizes[LEFT]);
    hr_pair_rewind(pair);
    while (hr_pair_next(pair)) {
        ends_of(w, pair, ends);
        w->right_of[w->left_ptr[w->compact[ends[LEFT]]]++] = w->compact[ends[RIGHT]];
    }
    hr_offsets_restore(w->left_ptr, sizes[LEFT]);
    return (hr_bipartite){sizes[LEFT], sizes[RIGHT], w->left_ptr, w->right_of};
}

static void assign(work *w, const hr_pair *pair, int32_t part)
{
    w->edges.answer[pair->at] = part == w->owner[pair->user] ? WITH_USER : WITH_MOVIE;
}

/* Assigns the pair's edges with one covered end to the part without it. Those with two are free. */
static hr_status assign_pair_edges(work *w, hr_pair *pair, hr_error *err)
{
    const uint8_t *in_left = w->in_cover, *in_right = w->in_cover + vertices_of(w);
    hr_free_edges either = {.p = pair->p, .q = pair->q};
    int64_t ends[2];
    hr_pair_rewind(pair);
    while (hr_pair_next(pair)) {
        ends_of(w, pair, ends);
        const bool left = in_left[w->compact[ends[LEFT]]];
        if (left && in_right[w->compact[ends[RIGHT]]]) {
            w->edges.answer[pair->at] = EITHER;
            either.count++;
        } else {
            assign(w, pair, left ? pair->q : pair->p);
            w->added[left ? pair->q : pair->p]++;
        }
    }
    return either.count > 0 ? hr_free_add(&w->either, either, err) : HR_OK;
}

static hr_status list_ghosts(work *w, int side, int64_t size, int32_t part, hr_error *err)
{
    hr_status status = HR_OK;
    hr_placement *out = w->out;
    for (int64_t i = 0; i < size; i++) {
        const int64_t vertex = w->vertex[side * vertices_of(w) + i];
        w->compact[vertex] = UNSEEN; /* for the next pair */
        if (!w->in_cover[side * vertices_of(w) + i])
            continue;
        if (vertex >= w->graph->users)
            w->added[w->parts + part] += movie_cost(w->graph);
        HR_GROW(out->ghost, out->ghost_capacity, out->ghosts + 1);
        out->ghost[out->ghosts++] = (hr_ghost){part, vertex};
    }
done:
    return status;
}

static hr_status cover_pair(void *context, hr_pair *pair, hr_error *err)
{
    hr_status status = HR_OK;
    work *w = context;
    int64_t sizes[2], size = 0, matching = 0;
    HR_TRY(number_vertices(w, pair, sizes, err));
    const hr_bipartite graph = pair_graph(w, pair, sizes);
    HR_TRY(hr_cover(&graph, w->in_cover, w->in_cover + vertices_of(w), &size, &matching, err));
    HR_TRY(assign_pair_edges(w, pair, err));
    HR_TRY(list_ghosts(w, LEFT, sizes[LEFT], pair->q, err));
    HR_TRY(list_ghosts(w, RIGHT, sizes[RIGHT], pair->p, err));
    w->out->matching += matching;
done:
    return status;
}

/* Adds what all ranks' pairs add in a round. */
static hr_status add_loads(work *w, hr_error *err)
{
    const hr_status status = hr_sum_i64(&w->graph->comm, w->added, 2 * (int64_t)w->parts, err);
    for (int32_t p = 0; p < w->parts; p++) {
        w->out->load[p] += w->added[p];
        w->cost[p] += w->added[p] + w->added[w->parts + p];
    }
    memset(w->added, 0, 2 * (size_t)w->parts * sizeof *w->added);
    return status;
}

static hr_status assign_either(void *context, hr_pair *pair, hr_error *err)
{
    (void)err;
    work *w = context;
    const hr_free_edges *either = &w->either.pair[w->either.next];
    int64_t seen = 0;
    if (w->either.next == w->either.count || either->p != pair->p || either->q != pair->q)
        return HR_OK;
    w->either.next++;
    while (hr_pair_next(pair))
        if (w->edges.answer[pair->at] == EITHER)
            assign(w, pair, seen++ < either->on_p ? pair->p : pair->q);
    return HR_OK;
}

/* The pairs whose lower part is first … end - 1. */
static hr_status place_round(work *w, int32_t first, int32_t end, hr_error *err)
{
    hr_status status = HR_OK;
    w->either.count = 0;
    HR_TRY(hr_pair_edges_bring(&w->edges, first, end, err));
    status = hr_pair_edges_each(&w->edges, cover_pair, w, err);
    HR_TRY(hr_agree(&w->graph->comm, status, NULL, err));
    HR_TRY(add_loads(w, err));
    HR_TRY(hr_free_divide(&w->either, &w->graph->comm, w->parts, w->cost, w->out->load, err));
    HR_TRY(hr_pair_edges_each(&w->edges, assign_either, w, err));
    HR_TRY(hr_pair_edges_answer(&w->edges, w->out->with_movie, err));
done:
    return status;
}

static hr_status place_all(work *w, hr_error *err)
{
    hr_status status = HR_OK;
    for (int32_t first = 0, end = 0; first < w->parts; first = end) {
        int64_t edges = 0;
        do
            edges += w->by_lower[end++];
        while (end < w->parts && edges + w->by_lower[end] <= (int64_t)EDGES_OF_ROUND * w->parts &&
               (int64_t)(end + 1 - first) * w->parts <= PAIRS_OF_ROUND);
        if (edges > 0)
            HR_TRY(place_round(w, first, end, err));
    }
    HR_TRY(hr_sum_i64(&w->graph->comm, &w->out->matching, 1, err));
done:
    return status;
}

hr_status hr_placement_make(hr_placement *placement, const hr_graph *graph, const int32_t *owner,
                            int32_t parts, hr_error *err)
{
    work w = {.graph = graph, .owner = owner, .parts = parts, .out = placement};
    hr_status status = work_create(&w, err);
    HR_TRY(hr_agree(&graph->comm, status, NULL, err));
    HR_TRY(assign_inner_edges(&w, err));
    HR_TRY(place_all(&w, err));
done:
    work_free(&w);
    return status;
}

void hr_placement_free(hr_placement *placement)
{
    free(placement->with_movie);
    free(placement->load);
    free(placement->ghost);
    *placement = (hr_placement){0};
}
