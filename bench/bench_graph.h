/* Graphs to measure on. */
#ifndef HR_BENCH_BENCH_GRAPH_H
#define HR_BENCH_BENCH_GRAPH_H

#include "io/base/error.h"
#include "io/dataset/ratings.h"
#include "io/hdf5/h5.h"
#include "partition/cut/graph.h"
#include "partition/halo/shard.h"
#include "partition/plan/plan.h"

/* The ratings of a dataset file, or of a synthetic preset (io/synth/synth.h), whichever of the two names is
 * not empty. Free with hr_ratings_free. */
hr_status hr_bench_ratings(const char *dataset, const char *preset, hr_ratings *ratings, hr_error *err);

/* The train graph of those; of a preset all ratings are train. Free with hr_graph_free. */
hr_status hr_bench_graph(const char *dataset, const char *preset, hr_graph *graph, hr_error *err);

/* A plan as an open partition file, whose name is already removed. Close with hr_h5_close. */
hr_status hr_bench_partition(const hr_plan *plan, const hr_graph *graph, hr_h5 **file, hr_error *err);

/* The graph cut in so many parts by METIS, as an open partition file like that. Close with hr_h5_close. */
hr_status hr_bench_cut(const hr_graph *graph, int parts, hr_h5 **file, hr_error *err);

/* A part of a plan as its rank reads it from a partition file. Free with hr_shard_free. */
hr_status hr_bench_part(const hr_plan *plan, const hr_graph *graph, int32_t part, hr_shard *shard,
                        hr_error *err);

/* The whole graph as one part. Free with hr_shard_free. */
hr_status hr_bench_only_part(const hr_graph *graph, hr_shard *shard, hr_error *err);

#endif
