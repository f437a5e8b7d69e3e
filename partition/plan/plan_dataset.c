#include "partition/plan/plan_dataset.h"

#include "io/base/memory.h"
#include "io/dataset/dataset_verify.h"
#include "partition/cut/clusters.h"

#include <string.h>

hr_status hr_partition_graph(hr_graph *graph, const hr_comm *comm, hr_partition_origin *origin,
                             const char *path, hr_error *err)
{
    hr_h5 *file = NULL;
    hr_dataset_summary summary;
    hr_status status = hr_dataset_open(&file, &summary, path, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_dataset_verify(comm, file, &summary, err));
    memcpy(origin->fingerprint, summary.fingerprint, sizeof origin->fingerprint);
    HR_TRY(hr_graph_read(graph, comm, file, origin->valid_share, err));
    origin->method = hr_cut_resolve(origin->method, graph->edges);
    HR_TRY(hr_clusters_find(graph, origin->method, origin->seed, err));
done:
    hr_h5_close(file);
    return status;
}

hr_status hr_partition_plan(hr_plan *plan, const hr_graph *graph, const hr_partition_origin *origin,
                            int32_t parts, hr_error *err)
{
    hr_status status = HR_OK;
    int32_t *owner = hr_alloc(graph->users + graph->movies, sizeof *owner);
    if (!owner)
        status = hr_fail_memory(err, graph->users + graph->movies, sizeof *owner, "owners");
    HR_TRY(hr_agree(&graph->comm, status, NULL, err));
    HR_TRY(hr_cut(graph, parts, origin->method, origin->seed, owner, err));
    HR_TRY(hr_plan_build(plan, graph, owner, parts, err));
done:
    free(owner);
    return status;
}
