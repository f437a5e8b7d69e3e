/* A graph to measure on, as one rank holds it. */
#ifndef HR_BENCH_BENCH_GRAPH_H
#define HR_BENCH_BENCH_GRAPH_H

#include "io/error.h"
#include "partition/graph.h"
#include "partition/shard.h"

/* The train graph of a dataset file, or all ratings of a synthetic preset (io/synth.h), whichever of the two
 * names is not empty, and its only part. Free with hr_graph_free and hr_shard_free. */
hr_status hr_bench_graph(const char *dataset, const char *preset, hr_graph *graph, hr_shard *shard,
                         hr_error *err);

#endif
