#include "partition/plan/plan_dataset.h"

#include "io/base/memory.h"
#include "partition/cut/clusters.h"

#include <string.h>

hr_status hr_partition_graph(hr_graph *graph, hr_partition_origin *origin, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    hr_dataset_summary summary;
    hr_ratings ratings = {0};
    HR_TRY(hr_dataset_open(&file, &summary, path, err));
    memcpy(origin->fingerprint, summary.fingerprint, sizeof origin->fingerprint);
    HR_TRY(hr_dataset_read_slice(file, 0, summary.users, origin->valid_share, &ratings, err));
    HR_TRY(hr_dataset_read_values(file, &ratings, err));
    HR_TRY(hr_graph_build(graph, &ratings, err));
    if (origin->method == HR_CUT_METIS)
        HR_TRY(hr_clusters_find(graph, origin->seed, err));
done:
    hr_ratings_free(&ratings);
    hr_h5_close(file);
    return status;
}

hr_status hr_partition_plan(hr_plan *plan, const hr_graph *graph, const hr_partition_origin *origin,
                            int32_t parts, hr_error *err)
{
    hr_status status = HR_OK;
    int32_t *owner = NULL;
    HR_ALLOC(owner, graph->users + graph->movies);
    HR_TRY(hr_cut(graph, parts, origin->method, origin->seed, owner, err));
    HR_TRY(hr_plan_build(plan, graph, owner, parts, err));
done:
    free(owner);
    return status;
}
