#include "tests/support/shard_of.h"

#include "partition/plan/partition_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void need(hr_status status, const hr_error *err)
{
    if (status != HR_OK) {
        fprintf(stderr, "shard_of: %s\n", err->text);
        abort();
    }
}

hr_shard shard_of(const hr_graph *graph, int32_t parts, int32_t part)
{
    hr_error err = {""};
    hr_plan plan = {0};
    hr_shard shard = {0};
    hr_plan_summary summary;
    hr_partition_origin origin = {.fingerprint = "toy", .method = HR_CUT_METIS, .seed = 1};
    hr_h5 *file = NULL;
    char path[64];
    snprintf(path, sizeof path, "/tmp/halorec-shard-%ld.h5", (long)getpid());
    int32_t *owner = calloc((size_t)(graph->users + graph->movies), sizeof *owner);
    need(hr_cut(graph, parts, HR_CUT_METIS, 1, owner, &err), &err);
    need(hr_plan_build(&plan, graph, owner, parts, &err), &err);
    need(hr_partition_write(&plan, graph, &origin, path, &err), &err);
    need(hr_partition_open(&file, &origin, &summary, path, &err), &err);
    need(hr_shard_read(&shard, file, part, &err), &err);
    hr_h5_close(file);
    unlink(path);
    hr_plan_free(&plan);
    free(owner);
    return shard;
}
