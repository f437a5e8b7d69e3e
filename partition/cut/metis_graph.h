/* A graph in METIS's arrays. */
#ifndef HR_PARTITION_CUT_METIS_GRAPH_H
#define HR_PARTITION_CUT_METIS_GRAPH_H

#include "io/base/error.h"
#include "partition/cut/graph.h"

#include <metis.h>
#include <stdint.h>

/* A vertex has the weight of its edges. Users and movies are balanced separately, each by one constraint:
 * the cover decides later whether a cut edge follows its user or its movie, so parts must be balanced in
 * both. */
enum { HR_METIS_KINDS = 2 };

/* Both directions of every edge, users' lists before movies'. Zero-initialise; free with hr_metis_graph_free. */
typedef struct hr_metis_graph {
    idx_t *start, *neighbour; /* [vertices + 1], [2 x edges] */
    idx_t *weight;            /* [vertices x HR_METIS_KINDS] */
} hr_metis_graph;

/* Builds it of a graph whose edges go to `movie` [edges]. Local. HR_MEMORY. */
hr_status hr_metis_graph_build(hr_metis_graph *out, const hr_graph *graph, const int32_t *movie,
                               hr_error *err);

void hr_metis_graph_free(hr_metis_graph *graph);

#endif
