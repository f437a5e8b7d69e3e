#include "partition/plan/plan_rows.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/base/sort.h"

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
        order[v] =
            (hr_keyed){plan->cluster[v] * stride - (v < plan->users ? 0 : hr_graph_degree(graph, v)), v};
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
        plan->vertex_degree[i] = (int32_t)hr_graph_degree(graph, v);
    }
done:
    free(next);
    return status;
}

hr_status hr_plan_list_ghosts(hr_plan *plan, const hr_placement *placement, const int32_t *row, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t ghosts = placement->ghosts, vertices = plan->users + plan->movies;
    hr_keyed *order = NULL; /* ghosts by part, owner, and row there */
    HR_ALLOC(order, ghosts);
    HR_ALLOC(plan->ghost_ptr, plan->parts + 1);
    HR_ALLOC(plan->ghost, ghosts);
    HR_ALLOC(plan->ghost_owner, ghosts);
    HR_ALLOC(plan->ghost_row, ghosts);
    for (int64_t g = 0; g < ghosts; g++) {
        const hr_ghost *ghost = &placement->ghost[g];
        const int64_t position = plan->vertex_ptr[plan->owner[ghost->vertex]] + row[ghost->vertex];
        order[g] = (hr_keyed){ghost->part * vertices + position, ghost->vertex};
        plan->ghost_ptr[ghost->part + 1]++;
    }
    hr_sort_keyed(order, ghosts);
    hr_offsets_sum(plan->ghost_ptr, plan->parts);
    for (int64_t g = 0; g < ghosts; g++) {
        plan->ghost[g] = order[g].value;
        plan->ghost_owner[g] = plan->owner[order[g].value];
        plan->ghost_row[g] = row[order[g].value];
    }
done:
    free(order);
    return status;
}
