#include "bench/bench_graph.h"

#include "io/dataset.h"
#include "io/memory.h"
#include "io/synth.h"
#include "partition/partition_file.h"

#include <stdio.h>
#include <unistd.h>

static hr_status from_preset(const char *name, hr_graph *graph, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_synth_preset *preset = NULL;
    hr_dataset data = {0};
    HR_TRY(hr_synth_find(name, &preset, err));
    HR_TRY(hr_synth(preset, 1, &data, err));
    HR_TRY(hr_graph_build(graph, &data.ratings, err));
done:
    hr_dataset_free(&data);
    return status;
}

static hr_status from_file(const char *path, hr_graph *graph, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    hr_dataset_summary summary;
    hr_ratings ratings = {0};
    HR_TRY(hr_dataset_open(&file, &summary, path, err));
    HR_TRY(hr_dataset_read_slice(file, 0, summary.users, 0.0, &ratings, err));
    HR_TRY(hr_graph_build(graph, &ratings, err));
done:
    hr_ratings_free(&ratings);
    hr_h5_close(file);
    return status;
}

/* Through a file, as a rank gets it. */
static hr_status only_part(const hr_graph *graph, hr_shard *shard, hr_error *err)
{
    hr_status status = HR_OK;
    hr_plan plan = {0};
    hr_h5 *file = NULL;
    int32_t *owner = NULL;
    hr_plan_summary summary;
    hr_partition_origin origin = {.fingerprint = "bench"};
    char path[64];
    snprintf(path, sizeof path, "/tmp/halorec-bench-%ld.h5", (long)getpid());
    HR_ALLOC(owner, graph->users + graph->movies);
    HR_TRY(hr_plan_build(&plan, graph, owner, 1, err));
    HR_TRY(hr_partition_write(&plan, &origin, path, err));
    HR_TRY(hr_partition_open(&file, &origin, &summary, path, err));
    HR_TRY(hr_shard_read(shard, file, 0, err));
done:
    hr_h5_close(file);
    unlink(path);
    free(owner);
    hr_plan_free(&plan);
    return status;
}

hr_status hr_bench_graph(const char *dataset, const char *preset, hr_graph *graph, hr_shard *shard,
                         hr_error *err)
{
    const hr_status status = *dataset ? from_file(dataset, graph, err) : from_preset(preset, graph, err);
    return status == HR_OK ? only_part(graph, shard, err) : status;
}
