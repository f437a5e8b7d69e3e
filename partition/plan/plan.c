#include "partition/plan/plan.h"

#include "io/base/even.h"
#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "partition/plan/placement.h"
#include "partition/plan/plan_lists.h"
#include "partition/plan/plan_rows.h"

#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

/* Bits of neighbours that are held at a time for the usual halo. */
static const int64_t bits_at_once = (int64_t)1 << 29;

static int64_t owned_by(const hr_plan *plan, int32_t part)
{
    return plan->vertex_ptr[part + 1] - plan->vertex_ptr[part];
}

static int64_t row_count(const hr_plan *plan, int32_t part)
{
    return owned_by(plan, part) + plan->ghost_ptr[part + 1] - plan->ghost_ptr[part];
}

int64_t hr_plan_vertex(const hr_plan *plan, int32_t part, int64_t row)
{
    const int64_t owned = owned_by(plan, part);
    return row < owned ? plan->vertex[plan->vertex_ptr[part] + row]
                       : plan->ghost[plan->ghost_ptr[part] - plan->ghost_ptr[plan->first_part] + row - owned];
}

static hr_status reserve_slots(hr_plan *plan, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t rows = 0;
    for (int32_t p = 0; p < plan->parts; p++)
        if (row_count(plan, p) > INT32_MAX)
            HR_TRY(hr_fail(err, HR_MEMORY,
                           "a part of %" PRId64 " rows is more than 32 bits count; use more parts",
                           row_count(plan, p)));
    for (int32_t p = plan->first_part; p < plan->end_part; p++)
        rows += row_count(plan, p);
    HR_ALLOC(plan->user_slot_ptr, plan->parts + 1);
    HR_ALLOC(plan->movie_slot_ptr, plan->parts + 1);
    HR_ALLOC(plan->edge_ptr, plan->parts + 1);
    HR_ALLOC(plan->rated_ptr, plan->parts + 1);
    HR_ALLOC(plan->user_row, rows);
    HR_ALLOC(plan->slot_edges, rows);
    HR_ALLOC(plan->first_edge, rows);
    HR_ALLOC(plan->slot_rated, rows);
    HR_ALLOC(plan->movie_row, rows);
done:
    return status;
}

/* Numbers the slots of this rank's parts: user rows and movie rows separately, each in order of row.
 *   first_edge  [users] number of each user's first edge */
static void make_slots(hr_plan *plan, const hr_graph *graph, const int64_t *first_edge)
{
    int64_t users = 0, movies = 0;
    for (int32_t part = plan->first_part; part < plan->end_part; part++)
        for (int64_t row = 0; row < row_count(plan, part); row++) {
            const int64_t v = hr_plan_vertex(plan, part, row);
            if (v >= plan->users) {
                plan->movie_row[movies++] = (int32_t)row;
                plan->movie_slot_ptr[part + 1]++;
                continue;
            }
            plan->user_row[users] = (int32_t)row;
            plan->first_edge[users] = first_edge[v];
            plan->slot_rated[users] = graph->degree[v];
            plan->rated_ptr[part + 1] += graph->degree[v];
            plan->user_slot_ptr[part + 1]++;
            users++;
        }
}

/* Slots of all parts, from those of each rank's. Collective. */
static hr_status number_slots(hr_plan *plan, const hr_graph *graph, hr_error *err)
{
    hr_status status = reserve_slots(plan, err);
    int64_t *first_edge = hr_alloc(plan->users + 1, sizeof *first_edge);
    int64_t *const ptrs[] = {plan->user_slot_ptr, plan->movie_slot_ptr, plan->rated_ptr};
    if (status == HR_OK && !first_edge)
        status = hr_fail_memory(err, plan->users + 1, sizeof *first_edge, "users");
    HR_TRY(hr_agree(&plan->comm, status, NULL, err));
    for (int64_t u = 0; u < plan->users; u++)
        first_edge[u + 1] = first_edge[u] + graph->degree[u];
    make_slots(plan, graph, first_edge);
    for (size_t i = 0; i < sizeof ptrs / sizeof *ptrs; i++) {
        HR_TRY(hr_sum_i64(&plan->comm, ptrs[i], plan->parts + 1, err));
        hr_offsets_sum(ptrs[i], plan->parts);
    }
done:
    free(first_edge);
    return status;
}

/* Adds the parts that have a neighbour of a user, beside its own.
 *   seen  [parts] the last user that was counted, plus 1 */
static void count_users_parts(hr_plan *plan, const hr_graph *graph, int64_t *seen)
{
    for (int64_t u = 0; u < graph->users_here; u++)
        for (int64_t e = graph->user_ptr[u]; e < graph->user_ptr[u + 1]; e++) {
            const int32_t part = plan->owner[plan->users + graph->user_movie[e]];
            if (part != plan->owner[graph->first_user + u] && seen[part] != u + 1) {
                seen[part] = u + 1;
                plan->usual_halo++;
            }
        }
}

/* Marks the parts first … end - 1 that have a neighbour of a movie: a bit each.
 *   marks  [movies x words] */
static void mark_movies_parts(const hr_plan *plan, const hr_graph *graph, int32_t first, int32_t end,
                              uint64_t *marks, int64_t words)
{
    memset(marks, 0, (size_t)(plan->movies * words) * sizeof *marks);
    for (int64_t u = 0; u < graph->users_here; u++) {
        const int32_t part = plan->owner[graph->first_user + u];
        if (part < first || part >= end)
            continue;
        for (int64_t e = graph->user_ptr[u]; e < graph->user_ptr[u + 1]; e++)
            if (plan->owner[plan->users + graph->user_movie[e]] != part)
                marks[graph->user_movie[e] * words + (part - first) / 64] |= (uint64_t)1
                                                                             << (part - first) % 64;
    }
}

/* Counts the ghosts of the usual halo, in which each part copies every neighbour of its vertices. */
static hr_status count_usual_halo(hr_plan *plan, const hr_graph *graph, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t most_words = bits_at_once / 64 / plan->movies, words = ((int64_t)plan->parts + 63) / 64;
    words = words < most_words ? words : most_words < 1 ? 1 : most_words;
    int64_t *seen = hr_alloc(plan->parts, sizeof *seen);
    uint64_t *marks = hr_alloc(plan->movies * words, sizeof *marks);
    if (!seen || !marks)
        status = hr_fail_memory(err, plan->movies * words, sizeof *marks, "parts of movies");
    HR_TRY(hr_agree(&plan->comm, status, NULL, err));
    count_users_parts(plan, graph, seen);
    HR_TRY(hr_sum_i64(&plan->comm, &plan->usual_halo, 1, err));
    for (int64_t first = 0; first < plan->parts; first += 64 * words) {
        const int64_t end = first + 64 * words < plan->parts ? first + 64 * words : plan->parts;
        mark_movies_parts(plan, graph, (int32_t)first, (int32_t)end, marks, words);
        HR_TRY(hr_or_u64(&plan->comm, marks, plan->movies * words, err));
        for (int64_t i = 0; i < plan->movies * words; i++)
            plan->usual_halo += __builtin_popcountll(marks[i]);
    }
done:
    free(marks);
    free(seen);
    return status;
}

static hr_status build(hr_plan *plan, const hr_graph *graph, const int32_t *owner, hr_placement *placement,
                       int32_t *row, hr_error *err)
{
    hr_status status =
        row ? HR_OK : hr_fail_memory(err, plan->users + plan->movies, sizeof *row, "rows of vertices");
    if (status == HR_OK)
        status = hr_plan_own_vertices(plan, graph, owner, row, err);
    HR_TRY(hr_agree(&plan->comm, status, NULL, err));
    HR_TRY(hr_placement_make(placement, graph, owner, plan->parts, err));
    HR_TRY(hr_plan_list_ghosts(plan, placement, row, err));
    HR_TRY(number_slots(plan, graph, err));
    memcpy(plan->edge_ptr + 1, placement->load, (size_t)plan->parts * sizeof *plan->edge_ptr);
    hr_offsets_sum(plan->edge_ptr, plan->parts);
    plan->with_movie = placement->with_movie;
    placement->with_movie = NULL;
    plan->cut_edges = placement->cut_edges;
    plan->matching = placement->matching;
    HR_TRY(hr_plan_count_edges(plan, graph, err));
    HR_TRY(count_usual_halo(plan, graph, err));
    assert(hr_plan_is_valid(plan));
done:
    return status;
}

hr_status hr_plan_build(hr_plan *plan, const hr_graph *graph, const int32_t *owner, int32_t parts,
                        hr_error *err)
{
    hr_placement placement = {0};
    int32_t *row = hr_alloc(graph->users + graph->movies, sizeof *row);
    assert(hr_graph_is_valid(graph));
    plan->comm = graph->comm;
    plan->parts = parts;
    plan->first_part = (int32_t)hr_block_first(parts, plan->comm.rank, plan->comm.size);
    plan->end_part = (int32_t)hr_block_first(parts, plan->comm.rank + 1, plan->comm.size);
    plan->users = graph->users;
    plan->movies = graph->movies;
    plan->edges = graph->edges;
    const hr_status status = build(plan, graph, owner, &placement, row, err);
    free(row);
    hr_placement_free(&placement);
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
    free(plan->user_slot_ptr);
    free(plan->movie_slot_ptr);
    free(plan->edge_ptr);
    free(plan->rated_ptr);
    free(plan->sent);
    free(plan->ghost);
    free(plan->ghost_owner);
    free(plan->ghost_row);
    free(plan->user_row);
    free(plan->slot_edges);
    free(plan->first_edge);
    free(plan->slot_rated);
    free(plan->movie_row);
    free(plan->with_movie);
    *plan = (hr_plan){0};
}
