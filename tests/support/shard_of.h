/* A part of a graph without a file to keep. */
#ifndef HR_TESTS_SUPPORT_SHARD_OF_H
#define HR_TESTS_SUPPORT_SHARD_OF_H

#include "partition/cut/graph.h"
#include "partition/halo/shard.h"

/* Cuts the graph by METIS into `parts` and returns part `part`; free with hr_shard_free. */
hr_shard shard_of(const hr_graph *graph, int32_t parts, int32_t part);

#endif
