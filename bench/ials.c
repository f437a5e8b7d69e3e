/* bench-ials: the time of a sweep of implicit least squares, against edge passes of the same width and their
 * lower bound. */
#include "bench/bench.h"
#include "bench/bench_graph.h"
#include "bench/edge_floor.h"
#include "io/base/median.h"
#include "io/base/memory.h"
#include "partition/cut/cut.h"
#include "partition/halo/part_size.h"
#include "trainer/config/recipe.h"
#include "trainer/config/train_config.h"
#include "trainer/models/model.h"
#include "trainer/propagation/edge_pass.h"
#include "trainer/run/state.h"

#include <omp.h>
#include <string.h>

enum { REPEATS = 9 };

/* Seconds that were measured. */
typedef struct figures {
    double sweep, pass;                   /* until the slowest rank is done, medians */
    double compute, halo, dense, vectors; /* of a sweep on rank 0, means */
    hr_edge_floor floor;                  /* of an edge pass */
} figures;

/* This rank's part of the graph, cut by METIS for all ranks. */
static hr_status open_graph(const hr_comm *comm, const hr_bench_call *call, hr_graph_context *context,
                            hr_error *err)
{
    hr_status status = HR_OK;
    hr_graph graph = {0};
    hr_plan plan = {0};
    hr_h5 *file = NULL;
    int32_t *owner = NULL;
    HR_TRY(hr_bench_graph(call->dataset, call->preset, &graph, err));
    HR_ALLOC(owner, graph.users + graph.movies);
    HR_TRY(hr_cut(&graph, comm->size, HR_CUT_METIS, 1, owner, err));
    HR_TRY(hr_plan_build(&plan, &graph, owner, comm->size, err));
    HR_TRY(hr_bench_partition(&plan, &file, err));
done:
    free(owner);
    hr_plan_free(&plan);
    hr_graph_free(&graph);
    status = hr_agree(comm, status, NULL, err);
    if (status == HR_OK)
        status = hr_graph_context_create(context, comm, file, (hr_grid_shape){comm->size, 1}, call->dim,
                                         false, err);
    hr_h5_close(file);
    return status;
}

/* Data of sweeps and passes on this rank. */
typedef struct trial {
    hr_graph_context graph;
    hr_train_config config;
    const hr_model *model;
    void *model_state;
    hr_state state;
    hr_edge_pass *pass;
    float *x, *y;
} trial;

static void trial_free(trial *t)
{
    free(t->y);
    free(t->x);
    hr_edge_pass_destroy(t->pass);
    hr_state_free(&t->state);
    if (t->model)
        t->model->destroy(t->model_state);
    hr_graph_context_free(&t->graph);
}

/* All but the graph, which is open. Local. */
static hr_status prepare(trial *t, int64_t dim, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t size = (t->graph.shard.owned + t->graph.shard.ghosts) * dim;
    hr_train_options options = {.model = "ials"};
    HR_TRY(hr_recipe_apply(&options, err));
    options.dim = dim;
    HR_TRY(hr_train_config_resolve(&options, hr_shard_size(&t->graph.shard, 0).whole, &t->config, err));
    t->model = t->config.model.table;
    HR_TRY(t->model->create(&t->model_state, &t->graph, &t->config.model, err));
    HR_TRY(hr_state_create(&t->state, &t->graph, &t->config.model, false, (hr_dense_counts){0}, err));
    HR_TRY(hr_edge_pass_create(&t->pass, &t->graph.shard, dim, HR_SUM_PLAIN, err));
    HR_ALLOC(t->x, size);
    HR_ALLOC(t->y, size);
    for (int64_t i = 0; i < size; i++)
        t->x[i] = (float)(i % 17) - 8.0F;
done:
    return status;
}

/* A sweep, then an edge pass; each lasts until the slowest rank is done. */
static hr_status run_both(trial *t, double *sweep, double *pass, hr_error *err)
{
    hr_status status = HR_OK;
    const MPI_Comm world = t->graph.grid.world.mpi;
    double loss = 0.0;
    MPI_Barrier(world);
    const double start = hr_seconds();
    HR_TRY(t->model->solve(t->model_state, 0.0, t->state.parameter, &loss, err));
    MPI_Barrier(world);
    const double swept = hr_seconds();
    hr_edge_pass_run(t->pass, NULL, t->x, &(hr_row_sums){.floats = t->y});
    MPI_Barrier(world);
    *sweep = swept - start;
    *pass = hr_seconds() - swept;
done:
    return status;
}

/* Alternates sweeps and edge passes, so that other load on the machine slows both. */
static hr_status time_both(trial *t, figures *f, hr_error *err)
{
    hr_status status = HR_OK;
    double sweeps[REPEATS], passes[REPEATS];
    const double *seconds = t->graph.timing.seconds;
    HR_TRY(run_both(t, &sweeps[0], &passes[0], err)); /* untimed: its memory is not in the caches */
    memset(&t->graph.timing, 0, sizeof t->graph.timing);
    for (int i = 0; i < REPEATS; i++)
        HR_TRY(run_both(t, &sweeps[i], &passes[i], err));
    f->sweep = hr_median(sweeps, REPEATS);
    f->pass = hr_median(passes, REPEATS);
    f->compute = seconds[HR_TIME_COMPUTE] / REPEATS;
    f->halo = seconds[HR_TIME_HALO] / REPEATS;
    f->dense = seconds[HR_TIME_DENSE] / REPEATS;
    f->vectors = seconds[HR_TIME_OPTIMISER] / REPEATS;
done:
    return status;
}

static hr_status measure(const hr_comm *comm, const hr_bench_call *call, json_t **result, hr_error *err)
{
    hr_status status = HR_OK;
    trial t = {0};
    figures f = {0};
    const hr_shard *shard = &t.graph.shard;
    HR_TRY(open_graph(comm, call, &t.graph, err));
    status = prepare(&t, call->dim, err);
    if (status == HR_OK)
        status = hr_edge_floor_measure(&f.floor, shard, call->dim, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_max_f64(comm, &f.floor.seconds, 1, err));
    HR_TRY(time_both(&t, &f, err));
    *result = json_pack("{s:I, s:I, s:I, s:i, s:i, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f}", "edges",
                        (json_int_t)shard->edges_total, "dim", (json_int_t)call->dim, "cg",
                        (json_int_t)t.config.model.cg, "ranks", comm->size, "threads", omp_get_max_threads(),
                        "seconds_per_sweep", f.sweep, "compute_seconds", f.compute, "halo_seconds", f.halo,
                        "dense_seconds", f.dense, "vector_seconds", f.vectors, "edge_pass_seconds", f.pass,
                        "edge_floor_seconds", f.floor.seconds, "edge_passes", f.sweep / f.pass);
done:
    trial_free(&t);
    return status;
}

static void print(const json_t *f)
{
    printf("%.0f edges, %.0f columns, cg %.0f, %.0f ranks, %.0f threads\n", hr_bench_figure(f, "edges"),
           hr_bench_figure(f, "dim"), hr_bench_figure(f, "cg"), hr_bench_figure(f, "ranks"),
           hr_bench_figure(f, "threads"));
    printf("a sweep %.4f s: passes %.4f, vectors %.4f, Gram matrices %.4f, exchange %.4f\n",
           hr_bench_figure(f, "seconds_per_sweep"), hr_bench_figure(f, "compute_seconds"),
           hr_bench_figure(f, "vector_seconds"), hr_bench_figure(f, "dense_seconds"),
           hr_bench_figure(f, "halo_seconds"));
    printf("an edge pass %.4f s, its floor %.4f s: a sweep costs %.1f edge passes\n",
           hr_bench_figure(f, "edge_pass_seconds"), hr_bench_figure(f, "edge_floor_seconds"),
           hr_bench_figure(f, "edge_passes"));
}

int main(int argc, char **argv)
{
    static const hr_bench bench = {
        "bench-ials", "Times a sweep of implicit least squares against edge passes of the same width",
        "build/bench/bench-ials --preset ml-20m --dim 64 --json", measure, print};
    return hr_bench_main(argc, argv, &bench);
}
