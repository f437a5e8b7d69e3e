#include "partition/plan/plan_rows.h"

#include "io/base/even.h"
#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/base/sort.h"
#include "io/comm/exchange.h"

#include <string.h>

/* Orders a part's owned vertices by cluster. Users of a cluster are ordered by number: the edge sweep streams
 * their rows. Its movies are ordered by edges, those with the most first: the sweep accesses their rows at
 * random, and this way the most frequent ones are neighbours in memory and stay in the cache. */
static hr_status order_vertices(hr_plan *plan, const hr_graph *graph, int64_t *next, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t vertices = plan->users + plan->movies, stride = plan->users + 1; /* beyond any degree */
    hr_keyed *order = NULL; /* by cluster; movies then by number of edges, descending; then by number */
    HR_ALLOC(order, vertices);
    for (int64_t v = 0; v < vertices; v++)
        order[v] = (hr_keyed){plan->cluster[v] * stride - (v < plan->users ? 0 : graph->degree[v]), v};
    hr_sort_keyed(order, plan->users);
    hr_sort_keyed(order + plan->users, plan->movies);
    memcpy(next, plan->vertex_ptr, (size_t)plan->parts * sizeof *next);
    for (int64_t i = 0; i < vertices; i++) {
        const int64_t v = order[i].value;
        plan->vertex[next[plan->owner[v]]++] = v;
        plan->owned_users[plan->owner[v]] += v < plan->users;
    }
done:
    free(order);
    return status;
}

hr_status hr_plan_own_vertices(hr_plan *plan, const hr_graph *graph, const int32_t *owner, int32_t *row,
                               hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t vertices = plan->users + plan->movies;
    int64_t *next = NULL;
    HR_ALLOC(next, plan->parts);
    HR_ALLOC(plan->owner, vertices);
    HR_ALLOC(plan->cluster, vertices);
    HR_ALLOC(plan->vertex_ptr, plan->parts + 1);
    HR_ALLOC(plan->owned_users, plan->parts);
    HR_ALLOC(plan->ghost_ptr, plan->parts + 1);
    HR_ALLOC(plan->sent, plan->parts);
    HR_ALLOC(plan->vertex, vertices);
    HR_ALLOC(plan->vertex_degree, vertices);
    memcpy(plan->owner, owner, (size_t)vertices * sizeof *owner);
    if (graph->cluster)
        memcpy(plan->cluster, graph->cluster, (size_t)vertices * sizeof *plan->cluster);
    for (int64_t v = 0; v < vertices; v++)
        plan->vertex_ptr[owner[v] + 1]++;
    hr_offsets_sum(plan->vertex_ptr, plan->parts);
    HR_TRY(order_vertices(plan, graph, next, err));
    for (int64_t i = 0; i < vertices; i++) {
        const int64_t v = plan->vertex[i];
        row[v] = (int32_t)(i - plan->vertex_ptr[owner[v]]);
        plan->vertex_degree[i] = graph->degree[v];
    }
done:
    free(next);
    return status;
}

/* Brings the ghosts that ranks found for pairs to the ranks of their parts. */
static hr_status bring(const hr_plan *plan, const hr_placement *placement, hr_ghost **ghosts, int64_t *count,
                       hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm *comm = &plan->comm;
    int64_t sent[comm->size + 1], received[comm->size + 1];
    hr_ghost *by_rank = hr_alloc(placement->ghosts, sizeof *by_rank);
    memset(sent, 0, sizeof sent);
    for (int64_t g = 0; g < placement->ghosts; g++)
        sent[hr_block_with(plan->parts, placement->ghost[g].part, comm->size) + 1]++;
    hr_offsets_sum(sent, comm->size);
    HR_TRY(hr_exchange_offsets(comm, sent, received, err));
    *count = received[comm->size];
    *ghosts = hr_alloc(*count, sizeof **ghosts);
    if (!by_rank || !*ghosts)
        status = hr_fail_memory(err, *count, sizeof **ghosts, "ghosts");
    HR_TRY(hr_agree(comm, status, NULL, err));
    for (int64_t g = 0; g < placement->ghosts; g++)
        by_rank[sent[hr_block_with(plan->parts, placement->ghost[g].part, comm->size)]++] =
            placement->ghost[g];
    hr_offsets_restore(sent, comm->size);
    HR_TRY(hr_exchange(comm, by_rank, sent, *ghosts, received, sizeof **ghosts, err));
done:
    free(by_rank);
    return status;
}

static hr_status fill(hr_plan *plan, const hr_ghost *ghosts, int64_t count, const int32_t *row, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t vertices = plan->users + plan->movies;
    hr_keyed *order = NULL; /* ghosts by part, owner, and row there */
    HR_ALLOC(order, count);
    HR_ALLOC(plan->ghost, count);
    HR_ALLOC(plan->ghost_owner, count);
    HR_ALLOC(plan->ghost_row, count);
    for (int64_t g = 0; g < count; g++) {
        const int64_t v = ghosts[g].vertex, position = plan->vertex_ptr[plan->owner[v]] + row[v];
        order[g] = (hr_keyed){ghosts[g].part * vertices + position, v};
        plan->ghost_ptr[ghosts[g].part + 1]++;
    }
    hr_sort_keyed(order, count);
    for (int64_t g = 0; g < count; g++) {
        const int32_t owner = plan->owner[order[g].value];
        plan->ghost[g] = order[g].value;
        plan->ghost_owner[g] = owner;
        plan->ghost_row[g] = row[order[g].value];
        plan->sent[owner]++;
    }
done:
    free(order);
    return status;
}

hr_status hr_plan_list_ghosts(hr_plan *plan, const hr_placement *placement, const int32_t *row, hr_error *err)
{
    hr_ghost *ghosts = NULL;
    int64_t count = 0;
    hr_status status = bring(plan, placement, &ghosts, &count, err);
    HR_TRY(status);
    status = fill(plan, ghosts, count, row, err);
    HR_TRY(hr_agree(&plan->comm, status, NULL, err));
    HR_TRY(hr_sum_i64(&plan->comm, plan->ghost_ptr, plan->parts + 1, err));
    HR_TRY(hr_sum_i64(&plan->comm, plan->sent, plan->parts, err));
    hr_offsets_sum(plan->ghost_ptr, plan->parts);
done:
    free(ghosts);
    return status;
}
