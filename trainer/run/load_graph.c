#include "trainer/run/load_graph.h"

#include "io/comm/log.h"
#include "partition/plan/plan_dataset.h"
#include "trainer/graph/verify_graph.h"
#include "trainer/models/model.h"
#include "trainer/run/grid_choice.h"
#include "trainer/run/memory_need.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Cuts the dataset into a partition file at `path`. Collective. */
static hr_status cut(const hr_comm *comm, const char *dataset, const hr_train_config *config, int64_t memory,
                     const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    hr_graph graph = {0};
    hr_plan plan = {0};
    hr_grid_cost cost;
    hr_partition_origin origin = {
        .valid_share = config->run.valid, .method = HR_CUT_AUTO, .seed = config->run.seed};
    hr_grid_shape shape = {comm->size, 1};
    if (*config->run.grid)
        HR_TRY(hr_grid_shape_parse(config->run.grid, comm->size, &shape, err)); /* the same on all ranks */
    HR_TRY(hr_partition_graph(&graph, comm, &origin, dataset, err));
    if (comm->size > 1)
        hr_log(comm, "cut of %" PRId64 " edges by %s", graph.edges, hr_cut_names[origin.method]);
    if (*config->run.grid)
        HR_TRY(hr_partition_plan(&plan, &graph, &origin, shape.parts, err));
    else
        HR_TRY(hr_grid_choose(&graph, &origin, config, comm->size, memory, &plan, &cost, err));
    HR_TRY(hr_partition_write(&plan, &graph, &origin, path, err));
done:
    hr_plan_free(&plan);
    hr_graph_free(&graph);
    return status;
}

/* Cuts into a file beside `beside`; `path` receives its name on all ranks. */
static hr_status cut_now(const hr_comm *comm, const char *dataset, const hr_train_config *config,
                         const char *beside, char path[HR_TEXT_LENGTH], hr_error *err)
{
    hr_status status = HR_OK;
    int64_t memory = 0;
    HR_TRY(hr_memory_available(comm, &memory, err));
    const int length = snprintf(path, HR_TEXT_LENGTH, "%s.partition-%ld", beside, (long)getpid());
    HR_TRY(hr_broadcast(comm, path, HR_TEXT_LENGTH, 0, err));
    if (length >= HR_TEXT_LENGTH)
        HR_TRY(hr_fail(err, HR_USAGE, "%s: a path too long", beside));
    HR_TRY(cut(comm, dataset, config, memory, path, err));
done:
    return status;
}

static hr_status open_partition(const hr_comm *comm, const char *path, const char *fingerprint,
                                const hr_train_config *config, hr_h5 **file, hr_grid_shape *shape,
                                hr_error *err)
{
    hr_partition_origin origin;
    hr_plan_summary summary;
    hr_status status = HR_OK;
    const hr_model *model = config->model.table;
    HR_TRY(hr_partition_open(file, &origin, &summary, path, err));
    HR_TRY(hr_partition_match(*file, &origin, &summary, fingerprint, config->run.valid, config->graph, err));
    HR_TRY(hr_partition_grid(*file, &summary, config->run.grid, comm->size, shape, err));
    if (model->mixes_columns && shape->groups > 1)
        HR_TRY(
            hr_fail(err, HR_USAGE,
                    "--model %s needs whole rows, but %d ranks for %d parts would divide columns; start %d "
                    "ranks or cut into %d parts",
                    model->name, comm->size, shape->parts, shape->parts, comm->size));
done:
    return hr_agree(comm, status, NULL, err);
}

hr_status hr_load_graph(hr_graph_context *graph, const hr_comm *comm, const char *dataset,
                        const char *fingerprint, const hr_train_config *config, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    hr_grid_shape shape;
    char path[HR_TEXT_LENGTH];
    const hr_model *model = config->model.table;
    const bool given = *config->run.partition != '\0';
    strcpy(path, config->run.partition);
    if (!given)
        HR_TRY(cut_now(comm, dataset, config, *config->checkpoint.path ? config->checkpoint.path : dataset,
                       path, err));
    status = open_partition(comm, path, fingerprint, config, &file, &shape, err);
    if (!given && comm->rank == 0)
        unlink(path); /* ranks that have it open can still read it */
    if (status == HR_OK)
        status = hr_graph_context_create(graph, comm, file, shape, config->model.dim,
                                         config->run.reproducible, err);
    if (status == HR_OK && (model->wants_ratings || config->model.predicts_ratings))
        status = hr_graph_read_ratings(graph, file, err);
    if (status == HR_OK && given)
        status = hr_fail_in(err, hr_graph_verify(graph, dataset, config->run.valid, err), path);
    if (status == HR_OK && model->wants_features)
        status = hr_graph_read_features(graph, dataset, config->model.features, err);
done:
    hr_h5_close(file);
    return status;
}
