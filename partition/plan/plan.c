#include "partition/plan/plan.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/base/sort.h"
#include "partition/plan/placement.h"
#include "partition/plan/plan_rows.h"

#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

/* A plan while it is built. */
typedef struct builder {
    hr_plan *plan;
    const hr_graph *graph;
    hr_placement placement;
    int32_t *row;       /* [vertices] row of each vertex on its owner */
    int32_t *row_here;  /* [vertices] row of each vertex on the part being built */
    int64_t *edge;      /* [edges] edges by part, in user order within a part */
    int32_t *edge_user; /* [edges] their users */
    int64_t *row_edges; /* [most rows of a part + 1] */
    int32_t *slot;      /* [most rows of a part] slot of a row */
} builder;

static int64_t row_count(const hr_plan *plan, int32_t part)
{
    return plan->vertex_ptr[part + 1] - plan->vertex_ptr[part] + plan->ghost_ptr[part + 1] -
           plan->ghost_ptr[part];
}

static int64_t most_rows(const hr_plan *plan)
{
    int64_t most = 0;
    for (int32_t p = 0; p < plan->parts; p++)
        if (row_count(plan, p) > most)
            most = row_count(plan, p);
    return most;
}

/* Groups edges by part, keeping user order. */
static void group_edges(builder *b)
{
    hr_plan *plan = b->plan;
    hr_counting_sort(b->placement.edge_part, plan->edges, plan->parts, plan->edge_ptr, b->edge);
    for (int32_t p = 0; p < plan->parts; p++) {
        int32_t user = 0;
        for (int64_t i = plan->edge_ptr[p]; i < plan->edge_ptr[p + 1]; i++) {
            while (b->graph->user_ptr[user + 1] <= b->edge[i])
                user++;
            b->edge_user[i] = user;
        }
    }
}

static hr_status reserve_slots(builder *b, hr_error *err)
{
    hr_status status = HR_OK;
    hr_plan *plan = b->plan;
    const int64_t vertices = plan->users + plan->movies, slots = vertices + b->placement.ghosts;
    const int64_t rows = most_rows(plan);
    if (rows > INT32_MAX)
        HR_TRY(hr_fail(err, HR_MEMORY,
                       "a part of %" PRId64 " rows is more than 32 bits count; use more parts", rows));
    HR_ALLOC(plan->user_slot_ptr, plan->parts + 1);
    HR_ALLOC(plan->user_row, slots);
    HR_ALLOC(plan->slot_edges, slots);
    HR_ALLOC(plan->first_edge, slots);
    HR_ALLOC(plan->movie_slot_ptr, plan->parts + 1);
    HR_ALLOC(plan->movie_row, slots);
    HR_ALLOC(plan->edge_ptr, plan->parts + 1);
    HR_ALLOC(plan->edge_movie, plan->edges);
    HR_ALLOC(plan->rated_ptr, plan->parts + 1);
    HR_ALLOC(plan->slot_rated, slots);
    HR_ALLOC(b->row_here, vertices);
    HR_ALLOC(b->edge, plan->edges);
    HR_ALLOC(b->edge_user, plan->edges);
    HR_ALLOC(b->row_edges, rows + 1);
    HR_ALLOC(b->slot, rows);
done:
    return status;
}

static void number_rows(builder *b, int32_t part)
{
    const hr_plan *plan = b->plan;
    const int64_t first = plan->vertex_ptr[part], end = plan->vertex_ptr[part + 1];
    const int64_t first_ghost = plan->ghost_ptr[part];
    for (int64_t i = first; i < end; i++)
        b->row_here[plan->vertex[i]] = (int32_t)(i - first);
    for (int64_t g = first_ghost; g < plan->ghost_ptr[part + 1]; g++)
        b->row_here[plan->ghost[g]] = (int32_t)(end - first + g - first_ghost);
}

static int64_t vertex_of_row(const hr_plan *plan, int32_t part, int64_t row)
{
    const int64_t owned = plan->vertex_ptr[part + 1] - plan->vertex_ptr[part];
    return row < owned ? plan->vertex[plan->vertex_ptr[part] + row]
                       : plan->ghost[plan->ghost_ptr[part] + row - owned];
}

static void count_row_edges(builder *b, int32_t part)
{
    const hr_plan *plan = b->plan;
    memset(b->row_edges, 0, (size_t)(row_count(plan, part) + 1) * sizeof *b->row_edges);
    for (int64_t i = plan->edge_ptr[part]; i < plan->edge_ptr[part + 1]; i++) {
        b->row_edges[b->row_here[b->edge_user[i]]]++;
        b->row_edges[b->row_here[plan->users + b->graph->user_movie[b->edge[i]]]]++;
    }
}

/* Numbers the slots of a part: user rows and movie rows separately, each in order of row. */
static void make_slots(builder *b, int32_t part)
{
    hr_plan *plan = b->plan;
    int64_t users = plan->user_slot_ptr[part], movies = plan->movie_slot_ptr[part],
            rated = plan->rated_ptr[part];
    for (int64_t row = 0; row < row_count(plan, part); row++) {
        const int64_t v = vertex_of_row(plan, part, row);
        if (v < plan->users) {
            b->slot[row] = (int32_t)(users - plan->user_slot_ptr[part]);
            plan->user_row[users] = (int32_t)row;
            plan->slot_edges[users] = b->row_edges[row];
            plan->first_edge[users] = b->graph->user_ptr[v];
            plan->slot_rated[users] = hr_graph_degree(b->graph, v);
            rated += plan->slot_rated[users++];
        } else {
            b->slot[row] = (int32_t)(movies - plan->movie_slot_ptr[part]);
            plan->movie_row[movies++] = (int32_t)row;
        }
    }
    plan->user_slot_ptr[part + 1] = users;
    plan->movie_slot_ptr[part + 1] = movies;
    plan->rated_ptr[part + 1] = rated;
}

static void sort_if_needed(int32_t *values, int64_t count)
{
    for (int64_t i = 1; i < count; i++)
        if (values[i] < values[i - 1]) {
            hr_sort_i32(values, count);
            return;
        }
}

/* Writes the edges by user slot, each slot's in order of movie slot. */
static void lay_edges(builder *b, int32_t part)
{
    hr_plan *plan = b->plan;
    const int64_t first_slot = plan->user_slot_ptr[part], end_slot = plan->user_slot_ptr[part + 1];
    int64_t *next = b->row_edges, at = plan->edge_ptr[part]; /* indexed by user slot from here on */
    for (int64_t s = first_slot; s < end_slot; s++) {
        next[s - first_slot] = at;
        at += plan->slot_edges[s];
    }
    for (int64_t i = plan->edge_ptr[part]; i < plan->edge_ptr[part + 1]; i++) {
        const int64_t movie = plan->users + b->graph->user_movie[b->edge[i]];
        plan->edge_movie[next[b->slot[b->row_here[b->edge_user[i]]]]++] = b->slot[b->row_here[movie]];
    }
    for (int64_t s = first_slot; s < end_slot; s++)
        sort_if_needed(plan->edge_movie + next[s - first_slot] - plan->slot_edges[s], plan->slot_edges[s]);
}

/* The train movies of every user slot and their ratings, wherever the edges are. */
static hr_status list_rated(hr_plan *plan, const hr_graph *graph, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t at = 0;
    HR_ALLOC(plan->rated_movie, plan->rated_ptr[plan->parts]);
    if (graph->user_value)
        HR_ALLOC(plan->rated_value, plan->rated_ptr[plan->parts]);
    for (int64_t s = 0; s < plan->user_slot_ptr[plan->parts]; s++) {
        memcpy(plan->rated_movie + at, graph->user_movie + plan->first_edge[s],
               (size_t)plan->slot_rated[s] * sizeof *plan->rated_movie);
        if (graph->user_value)
            memcpy(plan->rated_value + at, graph->user_value + plan->first_edge[s],
                   (size_t)plan->slot_rated[s] * sizeof *plan->rated_value);
        at += plan->slot_rated[s];
    }
done:
    return status;
}

/* Counts the ghosts of the usual halo, in which each part copies every neighbour of its vertices. */
static hr_status count_usual_halo(hr_plan *plan, const hr_graph *graph, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t *seen = NULL; /* [parts] the last vertex that was counted as a neighbour of the part, plus 1 */
    HR_ALLOC(seen, plan->parts);
    for (int64_t v = 0; v < plan->users + plan->movies; v++) {
        const bool is_user = v < plan->users;
        const int64_t own = is_user ? v : v - plan->users;
        const int64_t *ptr = is_user ? graph->user_ptr : graph->movie_ptr;
        const int32_t *neighbour = is_user ? graph->user_movie : graph->movie_user;
        for (int64_t e = ptr[own]; e < ptr[own + 1]; e++) {
            const int32_t part = plan->owner[neighbour[e] + (is_user ? plan->users : 0)];
            if (part != plan->owner[v] && seen[part] != v + 1) {
                seen[part] = v + 1;
                plan->usual_halo++;
            }
        }
    }
done:
    free(seen);
    return status;
}

static hr_status build(builder *b, const int32_t *owner, hr_error *err)
{
    hr_status status = HR_OK;
    hr_plan *plan = b->plan;
    HR_ALLOC(b->row, plan->users + plan->movies);
    HR_TRY(hr_plan_own_vertices(plan, b->graph, owner, b->row, err));
    HR_TRY(hr_placement_make(&b->placement, b->graph, owner, plan->parts, err));
    HR_TRY(hr_plan_list_ghosts(plan, &b->placement, b->row, err));
    HR_TRY(reserve_slots(b, err));
    group_edges(b);
    for (int32_t part = 0; part < plan->parts; part++) {
        number_rows(b, part);
        count_row_edges(b, part);
        make_slots(b, part);
        lay_edges(b, part);
    }
    HR_TRY(list_rated(plan, b->graph, err));
    HR_TRY(count_usual_halo(plan, b->graph, err));
    plan->cut_edges = b->placement.cut_edges;
    plan->matching = b->placement.matching;
    assert(hr_plan_is_valid(plan));
done:
    return status;
}

hr_status hr_plan_build(hr_plan *plan, const hr_graph *graph, const int32_t *owner, int32_t parts,
                        hr_error *err)
{
    builder b = {.plan = plan, .graph = graph};
    assert(hr_graph_is_valid(graph));
    plan->parts = parts;
    plan->users = graph->users;
    plan->movies = graph->movies;
    plan->edges = graph->edges;
    const hr_status status = build(&b, owner, err);
    free(b.slot);
    free(b.row_edges);
    free(b.edge_user);
    free(b.edge);
    free(b.row_here);
    free(b.row);
    hr_placement_free(&b.placement);
    return status;
}

void hr_plan_free(hr_plan *plan)
{
    free(plan->owner);
    free(plan->cluster);
    free(plan->vertex_ptr);
    free(plan->owned_users);
    free(plan->vertex);
    free(plan->vertex_degree);
    free(plan->ghost_ptr);
    free(plan->ghost);
    free(plan->ghost_owner);
    free(plan->ghost_row);
    free(plan->user_slot_ptr);
    free(plan->user_row);
    free(plan->slot_edges);
    free(plan->first_edge);
    free(plan->movie_slot_ptr);
    free(plan->movie_row);
    free(plan->edge_ptr);
    free(plan->edge_movie);
    free(plan->rated_ptr);
    free(plan->slot_rated);
    free(plan->rated_movie);
    free(plan->rated_value);
    *plan = (hr_plan){0};
}
