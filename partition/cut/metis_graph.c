#include "partition/cut/metis_graph.h"

#include "io/base/memory.h"

hr_status hr_metis_graph_build(hr_metis_graph *out, const hr_graph *graph, const int32_t *movie,
                               hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t vertices = graph->users + graph->movies;
    HR_ALLOC(out->start, vertices + 1);
    HR_ALLOC(out->neighbour, 2 * graph->edges);
    HR_ALLOC(out->weight, HR_METIS_KINDS * vertices);
    for (int64_t v = 0; v < vertices; v++) {
        const int32_t degree = graph->degree[v];
        out->weight[HR_METIS_KINDS * v + (v < graph->users ? 0 : 1)] = degree > 0 ? degree : 1;
        out->start[v + 1] = out->start[v] + degree;
    }
    for (int64_t e = 0; e < graph->edges; e++)
        out->neighbour[e] = (idx_t)(graph->users + movie[e]);
    for (int64_t u = 0, e = 0; u < graph->users; u++)
        for (int32_t i = 0; i < graph->degree[u]; i++, e++)
            out->neighbour[out->start[graph->users + movie[e]]++] = (idx_t)u;
    for (int64_t v = vertices; v > graph->users; v--) /* each start has moved to the end of its list */
        out->start[v] = out->start[v - 1];
    out->start[graph->users] = (idx_t)graph->edges;
done:
    return status;
}

void hr_metis_graph_free(hr_metis_graph *graph)
{
    free(graph->weight);
    free(graph->neighbour);
    free(graph->start);
    *graph = (hr_metis_graph){0};
}
