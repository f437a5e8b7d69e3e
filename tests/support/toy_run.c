#include "tests/support/toy_run.h"

#include "partition/halo/part_size.h"
#include "partition/plan/plan_dataset.h"
#include "tests/support/toy.h"
#include "trainer/config/graph_size.h"
#include "trainer/run/train.h"

#include <stdio.h>

static void need(hr_status status, const hr_error *err)
{
    if (status == HR_OK)
        return;
    fprintf(stderr, "toy run: %s\n", err->text);
    MPI_Abort(MPI_COMM_WORLD, 1);
}

void toy_write(const hr_comm *comm, const char *name, int64_t users, int64_t movies, double density,
               int valid)
{
    hr_error err = {""};
    if (comm->rank == 0) {
        hr_dataset data = toy_dataset(users, movies, density, valid, 12);
        need(hr_dataset_write(&data, shared_path(name), &err), &err);
        hr_dataset_free(&data);
    }
    MPI_Barrier(comm->mpi);
}

void toy_cut(const hr_comm *comm, const char *data, const char *partition, hr_cut_method method,
             int32_t parts)
{
    hr_error err = {""};
    hr_plan plan = {0};
    hr_partition_origin origin = {.method = method, .seed = 1};
    hr_graph graph = {0};
    need(hr_partition_graph(&graph, comm, &origin, shared_path(data), &err), &err);
    need(hr_partition_plan(&plan, &graph, &origin, parts, &err), &err);
    need(hr_partition_write(&plan, &graph, &origin, shared_path(partition), &err), &err);
    hr_plan_free(&plan);
    hr_graph_free(&graph);
}

void toy_open(hr_graph_context *graph, const hr_comm *comm, const char *partition, int64_t dim)
{
    toy_open_for(graph, comm, partition, dim, false);
}

void toy_open_for(hr_graph_context *graph, const hr_comm *comm, const char *partition, int64_t dim,
                  hr_summation summation)
{
    hr_error err = {""};
    hr_h5 *file = NULL;
    hr_partition_origin origin;
    hr_plan_summary summary;
    *graph = (hr_graph_context){0};
    hr_grid_shape shape;
    need(hr_partition_open(&file, &origin, &summary, shared_path(partition), &err), &err);
    need(hr_partition_grid(file, &summary, "", comm->size, &shape, &err), &err);
    need(hr_graph_context_create(graph, comm, file, shape, dim, summation, &err), &err);
    need(hr_graph_read_ratings(graph, file, &err), &err);
    hr_h5_close(file);
}

hr_comm first_ranks(int size)
{
    MPI_Comm mpi = MPI_COMM_NULL;
    MPI_Comm_split(world.mpi, world.rank < size ? 0 : MPI_UNDEFINED, world.rank, &mpi);
    return mpi == MPI_COMM_NULL ? (hr_comm){.mpi = mpi} : hr_comm_of(mpi);
}

void free_first(hr_comm *comm)
{
    if (comm->mpi != MPI_COMM_NULL)
        MPI_Comm_free(&comm->mpi);
}

hr_train_config toy_config(const hr_train_options *options, const hr_graph_context *graph)
{
    hr_error err = {""};
    hr_train_config config;
    need(hr_train_config_resolve(options, hr_shard_size(&graph->shard, 0).whole, &config, &err), &err);
    return config;
}

void toy_train(const hr_comm *comm, const char *data, const hr_train_options *options)
{
    hr_error err = {""};
    hr_graph_size size;
    hr_train_config config;
    need(hr_train_graph_size(comm, shared_path(data), options->valid, &size, &err), &err);
    need(hr_train_config_resolve(options, size, &config, &err), &err);
    need(hr_train(comm, shared_path(data), &config, &err), &err);
}
