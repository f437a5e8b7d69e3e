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

hr_status hr_clusters_find(hr_graph *graph, hr_cut_method method, uint64_t seed, hr_error *err)
{
    hr_status status = HR_OK;
    const int32_t count = hr_cluster_count((hr_graph_size){graph->users, graph->movies, graph->edges});
    if (count == 1 || method == HR_CUT_BLOCK || method == HR_CUT_RANDOM)
        return HR_OK;
    graph->cluster = hr_alloc(graph->users + graph->movies, sizeof *graph->cluster);
    if (!graph->cluster)
        status = hr_fail_memory(err, graph->users + graph->movies, sizeof *graph->cluster, "clusters");
    HR_TRY(hr_agree(&graph->comm, status, NULL, err));
    HR_TRY(hr_cut(graph, count, method, seed, graph->cluster, err));
done:
    return status;
}
