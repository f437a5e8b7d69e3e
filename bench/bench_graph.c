#include "bench/bench_graph.h"

#include "io/base/memory.h"
#include "io/dataset/dataset.h"
#include "io/synth/synth.h"
#include "partition/cut/cut.h"
#include "partition/plan/partition_file.h"

#include <stdio.h>
#include <unistd.h>

static hr_status from_preset(const char *name, hr_ratings *ratings, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_synth_preset *preset = NULL;
    hr_dataset data = {0};
    HR_TRY(hr_synth_find(name, &preset, err));
    HR_TRY(hr_synth(preset, 1, &data, err));
    *ratings = data.ratings;
    data.ratings = (hr_ratings){0};
done:
    hr_dataset_free(&data);
    return status;
}

static hr_status from_file(const char *path, hr_ratings *ratings, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    hr_dataset_summary summary;
    HR_TRY(hr_dataset_open(&file, &summary, path, err));
    HR_TRY(hr_dataset_read_slice(file, 0, summary.users, 0.0, ratings, err));
done:
    hr_h5_close(file);
    return status;
}

hr_status hr_bench_ratings(const char *dataset, const char *preset, hr_ratings *ratings, hr_error *err)
{
    return *dataset ? from_file(dataset, ratings, err) : from_preset(preset, ratings, err);
}

hr_status hr_bench_graph(const char *dataset, const char *preset, hr_graph *graph, hr_error *err)
{
    hr_status status = HR_OK;
    hr_ratings ratings = {0};
    HR_TRY(hr_bench_ratings(dataset, preset, &ratings, err));
    HR_TRY(hr_graph_build(graph, &ratings, err));
done:
    hr_ratings_free(&ratings);
    return status;
}

hr_status hr_bench_partition(const hr_plan *plan, const hr_graph *graph, hr_h5 **file, hr_error *err)
{
    hr_status status = HR_OK;
    hr_plan_summary summary;
    hr_partition_origin origin = {.fingerprint = "bench"};
    char path[64];
    *file = NULL;
    snprintf(path, sizeof path, "/tmp/halorec-bench-%ld.h5", (long)getpid());
    HR_TRY(hr_partition_write(plan, graph, &origin, path, err));
    HR_TRY(hr_partition_open(file, &origin, &summary, path, err));
done:
    unlink(path);
    return status;
}

hr_status hr_bench_cut(const hr_graph *graph, int parts, hr_h5 **file, hr_error *err)
{
    hr_status status = HR_OK;
    hr_plan plan = {0};
    int32_t *owner = NULL;
    *file = NULL;
    HR_ALLOC(owner, graph->users + graph->movies);
    HR_TRY(hr_cut(graph, parts, HR_CUT_METIS, 1, owner, err));
    HR_TRY(hr_plan_build(&plan, graph, owner, parts, err));
    HR_TRY(hr_bench_partition(&plan, graph, file, err));
done:
    free(owner);
    hr_plan_free(&plan);
    return status;
}

hr_status hr_bench_part(const hr_plan *plan, const hr_graph *graph, int32_t part, hr_shard *shard,
                        hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    HR_TRY(hr_bench_partition(plan, graph, &file, err));
    HR_TRY(hr_shard_read(shard, file, part, err));
done:
    hr_h5_close(file);
    return status;
}

hr_status hr_bench_only_part(const hr_graph *graph, hr_shard *shard, hr_error *err)
{
    hr_status status = HR_OK;
    hr_plan plan = {0};
    int32_t *owner = NULL;
    HR_ALLOC(owner, graph->users + graph->movies);
    HR_TRY(hr_plan_build(&plan, graph, owner, 1, err));
    HR_TRY(hr_bench_part(&plan, graph, 0, shard, err));
done:
    free(owner);
    hr_plan_free(&plan);
    return status;
}
