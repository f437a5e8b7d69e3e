/* Clusters: vertices with many edges among them, such as those of a town. A part's rows are in
 * order of clusters (plan.h): the edge sweep then stays in a cluster's rows, which the cache holds, before it
 * goes on to the next. */
#ifndef HR_PARTITION_CUT_CLUSTERS_H
#define HR_PARTITION_CUT_CLUSTERS_H

#include "io/base/error.h"
#include "partition/cut/cut.h"
#include "partition/cut/graph.h"

#include <stdint.h>

/* How many clusters are looked for: as many as have movies for 128 KB of lines of a panel (propagation/panel.h)
 * each, 64 at most, or 1. 1 is for graphs whose movies need less than 4 MB, and for those of more than 32 edges
 * a vertex, which have no clusters to speak of and take METIS long. */
int32_t hr_cluster_count(hr_graph_size graph);

/* Fills graph->cluster by METIS or by streams, or leaves it NULL where there is one cluster or the method is another.
 * Deterministic for a seed. Collective over the graph's ranks; all return the same status. Errors as hr_cut. */
hr_status hr_clusters_find(hr_graph *graph, hr_cut_method method, uint64_t seed, hr_error *err);

#endif
