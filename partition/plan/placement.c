#include "partition/plan/placement.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "partition/plan/cover.h"

#include <stdbool.h>
#include <string.h>

/* A cut edge, kept with the lower of its two parts. */
typedef struct cut_edge {
    int64_t edge;
    int32_t user;
    int32_t partner; /* the higher of the two parts */
} cut_edge;

/* Workspace. The edges of one pair of parts p < q are a bipartite graph: p's vertices on the left. */
typedef struct work {
    const hr_graph *graph;
    const int32_t *owner;
    int32_t parts;
    hr_placement *out;
    int64_t *cost;       /* [parts] cost of a part's edges and movies, in edges */
    int64_t *first;      /* [parts + 1] cut edges with lower part p: first[p] … first[p + 1] - 1 */
    cut_edge *cut;       /* [cut edges] by lower part, then by partner */
    cut_edge *sorting;   /* [cut edges of one lower part] */
    int64_t *by_partner; /* [parts + 1] */

    int32_t *compact;  /* [vertices] number of a vertex in the pair's graph, or UNSEEN */
    int64_t *vertex;   /* [2][pair edges] vertices of the pair's graph, left and right */
    int64_t *left_ptr; /* [pair edges + 1] */
    int32_t *right_of; /* [pair edges] */
    uint8_t *in_cover; /* [2][pair edges] */
    int64_t pair_capacity;
} work;

enum { UNSEEN = -1, LEFT = 0, RIGHT = 1 };

static int64_t movie_vertex(const work *w, int64_t edge)
{
    return w->graph->users + w->graph->user_movie[edge];
}

/* Cost of a movie on a part, in edges. The edge sweep accesses movie rows at random: the more movies a part
 * has, the more often a row has left the cache. */
static int64_t movie_cost(const hr_graph *graph)
{
    enum { MOST = 64, SHARE = 8 };
    const int64_t share = graph->edges / graph->movies / SHARE;
    return share < MOST ? share : MOST;
}

static int32_t lower(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static void assign(work *w, int64_t edge, int32_t part)
{
    w->out->edge_part[edge] = part;
    w->out->load[part]++;
    w->cost[part]++;
}

/* Assigns the edges within parts and counts cut edges by their lower part. */
static void assign_inner_edges(work *w)
{
    const hr_graph *g = w->graph;
    for (int64_t u = 0; u < g->users; u++)
        for (int64_t e = g->user_ptr[u]; e < g->user_ptr[u + 1]; e++) {
            const int32_t a = w->owner[u], b = w->owner[movie_vertex(w, e)];
            if (a == b)
                assign(w, e, a);
            else
                w->first[lower(a, b) + 1]++;
        }
    hr_offsets_sum(w->first, w->parts);
    w->out->cut_edges = w->first[w->parts];
}

static void list_cut_edges(work *w)
{
    const hr_graph *g = w->graph;
    for (int64_t u = 0; u < g->users; u++)
        for (int64_t e = g->user_ptr[u]; e < g->user_ptr[u + 1]; e++) {
            const int32_t a = w->owner[u], b = w->owner[movie_vertex(w, e)];
            if (a != b)
                w->cut[w->first[lower(a, b)]++] = (cut_edge){e, (int32_t)u, a > b ? a : b};
        }
    hr_offsets_restore(w->first, w->parts);
}

/* Sorts one lower part's cut edges by partner; the sort is stable. */
static void sort_by_partner(work *w, cut_edge *edges, int64_t count)
{
    memset(w->by_partner, 0, (size_t)(w->parts + 1) * sizeof *w->by_partner);
    for (int64_t i = 0; i < count; i++)
        w->by_partner[edges[i].partner + 1]++;
    hr_offsets_sum(w->by_partner, w->parts);
    memcpy(w->sorting, edges, (size_t)count * sizeof *edges);
    for (int64_t i = 0; i < count; i++)
        edges[w->by_partner[w->sorting[i].partner]++] = w->sorting[i];
}

static hr_status work_create(work *w, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t vertices = w->graph->users + w->graph->movies;
    HR_ALLOC(w->out->edge_part, w->graph->edges);
    HR_ALLOC(w->out->load, w->parts);
    HR_ALLOC(w->cost, w->parts);
    HR_ALLOC(w->first, w->parts + 1);
    for (int64_t m = 0; m < w->graph->movies; m++)
        w->cost[w->owner[w->graph->users + m]] += movie_cost(w->graph);
    assign_inner_edges(w);
    w->pair_capacity = hr_offsets_largest(w->first, w->parts);
    HR_ALLOC(w->cut, w->out->cut_edges);
    HR_ALLOC(w->sorting, w->pair_capacity);
    HR_ALLOC(w->by_partner, w->parts + 1);
    HR_ALLOC(w->compact, vertices);
    HR_ALLOC(w->vertex, 2 * w->pair_capacity);
    HR_ALLOC(w->left_ptr, w->pair_capacity + 1);
    HR_ALLOC(w->right_of, w->pair_capacity);
    HR_ALLOC(w->in_cover, 2 * w->pair_capacity);
    for (int64_t v = 0; v < vertices; v++)
        w->compact[v] = UNSEEN;
done:
    return status;
}

static void work_free(work *w)
{
    free(w->cost);
    free(w->first);
    free(w->cut);
    free(w->sorting);
    free(w->by_partner);
    free(w->compact);
    free(w->vertex);
    free(w->left_ptr);
    free(w->right_of);
    free(w->in_cover);
}

/* The ends of a cut edge by side; the left end is that of the lower part. */
static void ends_of(const work *w, const cut_edge *edge, int32_t p, int64_t ends[2])
{
    const int64_t movie = movie_vertex(w, edge->edge);
    const int user_side = w->owner[edge->user] == p ? LEFT : RIGHT;
    ends[user_side] = edge->user;
    ends[!user_side] = movie;
}

/* Numbers the vertices of a pair's edges from 0, separately on each side. */
static void number_vertices(work *w, int32_t p, const cut_edge *edges, int64_t count, int64_t sizes[2])
{
    sizes[LEFT] = sizes[RIGHT] = 0;
    for (int64_t i = 0; i < count; i++) {
        int64_t ends[2];
        ends_of(w, &edges[i], p, ends);
        for (int side = LEFT; side <= RIGHT; side++)
            if (w->compact[ends[side]] == UNSEEN) {
                w->compact[ends[side]] = (int32_t)sizes[side];
                w->vertex[side * w->pair_capacity + sizes[side]++] = ends[side];
            }
    }
}

static hr_bipartite pair_graph(work *w, int32_t p, const cut_edge *edges, int64_t count,
                               const int64_t sizes[2])
{
    memset(w->left_ptr, 0, (size_t)(sizes[LEFT] + 1) * sizeof *w->left_ptr);
    int64_t ends[2];
    for (int64_t i = 0; i < count; i++) {
        ends_of(w, &edges[i], p, ends);
        w->left_ptr[w->compact[ends[LEFT]] + 1]++;
    }
    hr_offsets_sum(w->left_ptr, sizes[LEFT]);
    for (int64_t i = 0; i < count; i++) {
        ends_of(w, &edges[i], p, ends);
        w->right_of[w->left_ptr[w->compact[ends[LEFT]]]++] = w->compact[ends[RIGHT]];
    }
    hr_offsets_restore(w->left_ptr, sizes[LEFT]);
    return (hr_bipartite){sizes[LEFT], sizes[RIGHT], w->left_ptr, w->right_of};
}

/* Assigns the pair's edges with one covered end to the part without it, then those with two, which are free,
 * to the part with the lower cost. */
static void assign_pair_edges(work *w, int32_t p, int32_t q, const cut_edge *edges, int64_t count)
{
    const uint8_t *in_left = w->in_cover, *in_right = w->in_cover + w->pair_capacity;
    int64_t ends[2];
    for (int pass = 0; pass < 2; pass++)
        for (int64_t i = 0; i < count; i++) {
            ends_of(w, &edges[i], p, ends);
            const bool left = in_left[w->compact[ends[LEFT]]], right = in_right[w->compact[ends[RIGHT]]];
            const bool free_to_choose = left && right;
            if (free_to_choose != (pass == 1))
                continue;
            const int32_t cheaper = w->cost[p] <= w->cost[q] ? p : q;
            assign(w, edges[i].edge, free_to_choose ? cheaper : (left ? q : p));
        }
}

static hr_status list_ghosts(work *w, int side, int64_t size, int32_t part, hr_error *err)
{
    hr_status status = HR_OK;
    hr_placement *out = w->out;
    const uint8_t *in_cover = w->in_cover + side * w->pair_capacity;
    for (int64_t i = 0; i < size; i++) {
        const int64_t vertex = w->vertex[side * w->pair_capacity + i];
        if (!in_cover[i])
            continue;
        if (vertex >= w->graph->users)
            w->cost[part] += movie_cost(w->graph);
        HR_GROW(out->ghost, out->ghost_capacity, out->ghosts + 1);
        out->ghost[out->ghosts++] = (hr_ghost){part, vertex};
    }
done:
    return status;
}

static void forget_vertices(work *w, const int64_t sizes[2])
{
    for (int side = LEFT; side <= RIGHT; side++)
        for (int64_t i = 0; i < sizes[side]; i++)
            w->compact[w->vertex[side * w->pair_capacity + i]] = UNSEEN;
}

static hr_status assign_pair(work *w, int32_t p, int32_t q, const cut_edge *edges, int64_t count,
                             hr_error *err)
{
    hr_status status = HR_OK;
    int64_t sizes[2], size = 0, matching = 0;
    number_vertices(w, p, edges, count, sizes);
    const hr_bipartite graph = pair_graph(w, p, edges, count, sizes);
    HR_TRY(hr_cover(&graph, w->in_cover, w->in_cover + w->pair_capacity, &size, &matching, err));
    HR_TRY(list_ghosts(w, LEFT, sizes[LEFT], q, err));
    HR_TRY(list_ghosts(w, RIGHT, sizes[RIGHT], p, err));
    assign_pair_edges(w, p, q, edges, count);
    forget_vertices(w, sizes);
    w->out->matching += matching;
done:
    return status;
}

static hr_status assign_cut_edges(work *w, hr_error *err)
{
    hr_status status = HR_OK;
    list_cut_edges(w);
    for (int32_t p = 0; p < w->parts; p++) {
        const int64_t end = w->first[p + 1];
        sort_by_partner(w, w->cut + w->first[p], end - w->first[p]);
        for (int64_t first = w->first[p], next = first; first < end; first = next) {
            const int32_t q = w->cut[first].partner;
            while (next < end && w->cut[next].partner == q)
                next++;
            HR_TRY(assign_pair(w, p, q, w->cut + first, next - first, err));
        }
    }
done:
    return status;
}

hr_status hr_placement_make(hr_placement *placement, const hr_graph *graph, const int32_t *owner,
                            int32_t parts, hr_error *err)
{
    hr_status status = HR_OK;
    work w = {.graph = graph, .owner = owner, .parts = parts, .out = placement};
    HR_TRY(work_create(&w, err));
    HR_TRY(assign_cut_edges(&w, err));
done:
    work_free(&w);
    return status;
}

void hr_placement_free(hr_placement *placement)
{
    free(placement->edge_part);
    free(placement->load);
    free(placement->ghost);
    *placement = (hr_placement){0};
}
