/* bench-ials: the time of a sweep of implicit least squares by number of columns, against edge passes of the same
 * width and their lower bound, and its floating-point operations a second against sgemm's. */
#include "bench/bench.h"
#include "bench/bench_graph.h"
#include "bench/edge_floor.h"
#include "bench/machine_rates.h"
#include "io/base/median.h"
#include "io/base/memory.h"
#include "io/options/list.h"
#include "partition/cut/cut.h"
#include "partition/halo/part_size.h"
#include "trainer/config/recipe.h"
#include "trainer/config/train_config.h"
#include "trainer/models/model.h"
#include "trainer/propagation/edge_pass.h"
#include "trainer/run/state.h"

#include <omp.h>
#include <string.h>

/* Sweeps that are timed, at most, and seconds after which no further one begins. Inner length of the products that
 * give sgemm's rate. */
enum { REPEATS = 9, ENOUGH_SECONDS = 5, SGEMM_DIM = 1024, MOST_DIMS = 16 };

/* Seconds that were measured. */
typedef struct figures {
    int repeats;
    double sweep, pass;                   /* until the slowest rank is done, medians */
    double compute, halo, dense, vectors; /* of a sweep on rank 0, means */
    hr_edge_floor floor;                  /* of an edge pass */
} figures;

/* The plan of the graph, cut by METIS for all ranks, as an open file. */
static hr_status open_partition(const hr_comm *comm, const hr_bench_call *call, hr_h5 **file, hr_error *err)
{
    hr_status status = HR_OK;
    hr_graph graph = {0};
    hr_plan plan = {0};
    int32_t *owner = NULL;
    HR_TRY(hr_bench_graph(call->dataset, call->preset, &graph, err));
    HR_ALLOC(owner, graph.users + graph.movies);
    HR_TRY(hr_cut(&graph, comm->size, HR_CUT_METIS, 1, owner, err));
    HR_TRY(hr_plan_build(&plan, &graph, owner, comm->size, err));
    HR_TRY(hr_bench_partition(&plan, &graph, file, err));
done:
    free(owner);
    hr_plan_free(&plan);
    hr_graph_free(&graph);
    return hr_agree(comm, status, NULL, err);
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
    double sweeps[REPEATS], passes[REPEATS], spent = 0.0;
    const double *seconds = t->graph.timing.seconds;
    HR_TRY(run_both(t, &sweeps[0], &passes[0], err)); /* untimed: its memory is not in the caches */
    memset(&t->graph.timing, 0, sizeof t->graph.timing);
    for (f->repeats = 0; f->repeats < REPEATS && spent < ENOUGH_SECONDS; f->repeats++) {
        HR_TRY(run_both(t, &sweeps[f->repeats], &passes[f->repeats], err));
        spent += sweeps[f->repeats];
        HR_TRY(hr_max_f64(&t->graph.grid.world, &spent, 1, err)); /* ranks go on alike */
    }
    f->sweep = hr_median(sweeps, f->repeats);
    f->pass = hr_median(passes, f->repeats);
    f->compute = seconds[HR_TIME_COMPUTE] / f->repeats;
    f->halo = seconds[HR_TIME_HALO] / f->repeats;
    f->dense = seconds[HR_TIME_DENSE] / f->repeats;
    f->vectors = seconds[HR_TIME_OPTIMISER] / f->repeats;
done:
    return status;
}

/* Multiplications and additions of a sweep: for each side, residuals, the products of all steps of conjugate
 * gradients but the last, and scores for the last; half of each Gram matrix, and all rows rotated for each side.
 * Eigenvectors are not counted, nor what is done column by column. */
static double flops_of(const hr_shard *shard, int64_t dim, int64_t cg)
{
    const double edges = (double)shard->edges_total, vertices = (double)(shard->users + shard->movies);
    const double columns = (double)dim, products = (double)cg;
    return 2.0 * (4.0 * products + 2.0) * columns * edges + 5.0 * columns * columns * vertices;
}

static json_t *figures_json(const trial *t, const figures *f, int64_t dim, double sgemm)
{
    const double flops = flops_of(&t->graph.shard, dim, t->config.model.cg);
    return json_pack("{s:I, s:I, s:i, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f}", "dim",
                     (json_int_t)dim, "cg", (json_int_t)t->config.model.cg, "sweeps", f->repeats,
                     "seconds_per_sweep", f->sweep, "compute_seconds", f->compute, "halo_seconds", f->halo,
                     "dense_seconds", f->dense, "vector_seconds", f->vectors, "edge_pass_seconds", f->pass,
                     "edge_floor_seconds", f->floor.seconds, "edge_passes", f->sweep / f->pass, "flops",
                     flops, "sgemm_fraction", flops / f->sweep / sgemm);
}

static hr_status measure_dim(const hr_comm *comm, hr_h5 *file, int64_t dim, double sgemm, json_t *sweeps,
                             hr_error *err)
{
    hr_status status = HR_OK;
    trial t = {0};
    figures f = {0};
    const hr_shard *shard = &t.graph.shard;
    HR_TRY(hr_graph_context_create(&t.graph, comm, file, (hr_grid_shape){comm->size, 1}, dim, false, err));
    status = prepare(&t, dim, err);
    if (status == HR_OK)
        status = hr_edge_floor_measure(&f.floor, shard, dim, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_max_f64(comm, &f.floor.seconds, 1, err));
    HR_TRY(time_both(&t, &f, err));
    json_array_append_new(sweeps, figures_json(&t, &f, dim, sgemm));
done:
    trial_free(&t);
    return status;
}

static hr_status measure(const hr_comm *comm, const hr_bench_call *call, json_t **result, hr_error *err)
{
    static const hr_list list = {"dims", "whole numbers", "64,128", 0, MOST_DIMS, 1, 4096, false};
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    json_t *sweeps = json_array();
    double sgemm = 0.0;
    int64_t dims[MOST_DIMS] = {call->dim};
    int count = 0;
    HR_TRY(hr_list_ints(&list, call->dims, dims, &count, err));
    HR_TRY(open_partition(comm, call, &file, err));
    HR_TRY(hr_sgemm_rate(SGEMM_DIM, &sgemm, err));
    HR_TRY(hr_sum_f64(comm, &sgemm, 1, err));
    for (int i = 0; i < (count > 0 ? count : 1); i++)
        HR_TRY(measure_dim(comm, file, dims[i], sgemm, sweeps, err));
    *result = json_pack("{s:i, s:i, s:f, s:O}", "ranks", comm->size, "threads", omp_get_max_threads(),
                        "sgemm_flops_per_second", sgemm, "by_dim", sweeps);
done:
    json_decref(sweeps);
    hr_h5_close(file);
    return status;
}

static void print(const json_t *f)
{
    size_t i;
    const json_t *at;
    printf("%.0f ranks, %.0f threads, sgemm %.1f GFlop/s\n", hr_bench_figure(f, "ranks"),
           hr_bench_figure(f, "threads"), 1e-9 * hr_bench_figure(f, "sgemm_flops_per_second"));
    printf(
        "  dim  cg  s a sweep   passes  vectors    Gram  exchange  GFlop  of sgemm  edge passes  their "
        "floor\n");
    json_array_foreach(json_object_get(f, "by_dim"), i, at) printf(
        "%5.0f %3.0f %10.3f %8.3f %8.3f %7.3f %9.3f %6.0f %8.2f %12.1f %12.4f\n", hr_bench_figure(at, "dim"),
        hr_bench_figure(at, "cg"), hr_bench_figure(at, "seconds_per_sweep"),
        hr_bench_figure(at, "compute_seconds"), hr_bench_figure(at, "vector_seconds"),
        hr_bench_figure(at, "dense_seconds"), hr_bench_figure(at, "halo_seconds"),
        1e-9 * hr_bench_figure(at, "flops"), hr_bench_figure(at, "sgemm_fraction"),
        hr_bench_figure(at, "edge_passes"), hr_bench_figure(at, "edge_floor_seconds"));
}

int main(int argc, char **argv)
{
    static const hr_bench bench = {
        "bench-ials", "Times sweeps of implicit least squares against edge passes and sgemm",
        "build/bench/bench-ials --preset ml-20m --dims 64,128,256 --json", measure, print};
    return hr_bench_main(argc, argv, &bench);
}
