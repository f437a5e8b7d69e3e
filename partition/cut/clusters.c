#include "partition/cut/clusters.h"

#include "io/base/memory.h"
#include "partition/cut/cut.h"

/* Bytes of a movie in a panel: its row and its sum. */
enum {
    MOVIE_BYTES = 128,
    CLUSTER_BYTES = 1 << 17,
    LEAST_BYTES = 1 << 22,
    MOST_CLUSTERS = 64,
    MOST_EDGES = 32
};

int32_t hr_cluster_count(hr_graph_size graph)
{
    const int64_t bytes = MOVIE_BYTES * graph.movies, count = bytes / CLUSTER_BYTES;
    if (bytes < LEAST_BYTES || graph.edges > MOST_EDGES * (graph.users + graph.movies))
        return 1;
    return count < MOST_CLUSTERS ? (int32_t)count : MOST_CLUSTERS;
}

hr_status hr_clusters_find(hr_graph *graph, uint64_t seed, hr_error *err)
{
    hr_status status = HR_OK;
    hr_error beyond = {0};
    const int32_t count = hr_cluster_count((hr_graph_size){graph->users, graph->movies, graph->edges});
    if (count == 1)
        return HR_OK;
    HR_ALLOC(graph->cluster, graph->users + graph->movies);
    if (hr_cut(graph, count, HR_CUT_METIS, seed, graph->cluster, &beyond) != HR_OK) {
        free(graph->cluster);
        graph->cluster = NULL;
    }
done:
    return status;
}
