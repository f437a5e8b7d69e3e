/* bench-ials: what a sweep of implicit least squares costs, beside edge passes of the same width and their
 * floor. */
#include "bench/bench.h"
#include "bench/bench_graph.h"
#include "bench/edge_floor.h"
#include "io/memory.h"
#include "partition/cut.h"
#include "trainer/edge_pass.h"
#include "trainer/model.h"
#include "trainer/state.h"

#include <omp.h>
#include <string.h>

enum { REPEATS = 9 };

/* What was measured, of the slowest rank. */
typedef struct figures {
    int64_t edges, vertices, cg;          /* of all ranks */
    double sweep, pass;                   /* seconds */
    double compute, halo, dense, vectors; /* of a sweep */
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
        status = hr_graph_context_create(context, comm, file, (hr_grid_shape){comm->size, 1}, call->dim, err);
    hr_h5_close(file);
    return status;
}

/* Sweeps and edge passes in turn, so that both meet the same machine. */
static hr_status time_both(hr_graph_context *graph, const hr_model *model, void *model_state,
                           hr_edge_pass *pass, float *rows, float *x, float *y, figures *f, hr_error *err)
{
    hr_status status = HR_OK;
    double sweeps[REPEATS], passes[REPEATS], loss = 0.0;
    for (int i = -1; i < REPEATS; i++) { /* the first meets cold memory */
        if (i == 0)
            memset(&graph->timing, 0, sizeof graph->timing);
        MPI_Barrier(graph->grid.world.mpi);
        const double start = MPI_Wtime();
        HR_TRY(model->sweep(model_state, rows, &loss, err));
        MPI_Barrier(graph->grid.world.mpi);
        const double swept = MPI_Wtime();
        hr_edge_pass_run(pass, NULL, x, y);
        MPI_Barrier(graph->grid.world.mpi);
        sweeps[i < 0 ? 0 : i] = swept - start;
        passes[i < 0 ? 0 : i] = MPI_Wtime() - swept;
    }
    f->sweep = hr_bench_median(sweeps, REPEATS);
    f->pass = hr_bench_median(passes, REPEATS);
    f->compute = graph->timing.seconds[HR_TIME_COMPUTE] / REPEATS;
    f->halo = graph->timing.seconds[HR_TIME_HALO] / REPEATS;
    f->dense = graph->timing.seconds[HR_TIME_DENSE] / REPEATS;
    f->vectors = graph->timing.seconds[HR_TIME_OPTIMISER] / REPEATS;
done:
    return status;
}

static hr_status prepare(hr_train_options *options, const hr_model **model, int64_t dim, hr_error *err)
{
    hr_status status = HR_OK;
    *options = hr_train_defaults;
    strcpy(options->model, "ials");
    HR_TRY(hr_model_recipe(options, err));
    HR_TRY(hr_model_find(options->model, model, err));
    options->dim = dim;
done:
    return status;
}

/* Sweeps on this rank's part, whose graph is open. */
static hr_status sweep_part(hr_graph_context *graph, int64_t dim, figures *f, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_shard *shard = &graph->shard;
    const int64_t rows = shard->owned + shard->ghosts;
    hr_train_options options;
    const hr_model *model = NULL;
    void *model_state = NULL;
    hr_state state = {0};
    hr_edge_pass *pass = NULL;
    float *x = NULL, *y = NULL;
    HR_TRY(prepare(&options, &model, dim, err));
    f->cg = options.cg;
    HR_TRY(model->create(&model_state, graph, &options, err));
    HR_TRY(hr_state_create(&state, graph, &options, false, 0, err));
    HR_TRY(hr_edge_pass_create(&pass, shard, dim, err));
    HR_ALLOC(x, rows * dim);
    HR_ALLOC(y, rows * dim);
    for (int64_t i = 0; i < rows * dim; i++)
        x[i] = (float)(i % 17) - 8.0F;
    HR_TRY(hr_edge_floor_measure(&f->floor, rows, shard->edges, dim, err));
    HR_TRY(time_both(graph, model, model_state, pass, state.parameter, x, y, f, err));
done:
    free(y);
    free(x);
    hr_edge_pass_destroy(pass);
    hr_state_free(&state);
    if (model)
        model->destroy(model_state);
    return status;
}

static hr_status measure(const hr_comm *comm, const hr_bench_call *call, json_t **result, hr_error *err)
{
    hr_status status = HR_OK;
    hr_graph_context graph = {0};
    figures f = {0};
    HR_TRY(open_graph(comm, call, &graph, err));
    HR_TRY(sweep_part(&graph, call->dim, &f, err));
    HR_TRY(hr_max_f64(comm, &f.floor.seconds, 1, err));
    *result = json_pack("{s:I, s:I, s:I, s:i, s:I, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f}", "edges",
                        (json_int_t)graph.shard.edges_total, "dim", (json_int_t)call->dim, "cg",
                        (json_int_t)f.cg, "ranks", comm->size, "threads", (json_int_t)omp_get_max_threads(),
                        "seconds_per_sweep", f.sweep, "compute_seconds", f.compute, "halo_seconds", f.halo,
                        "dense_seconds", f.dense, "vector_seconds", f.vectors, "edge_pass_seconds", f.pass,
                        "edge_floor_seconds", f.floor.seconds, "edge_passes", f.sweep / f.pass);
done:
    hr_graph_context_free(&graph);
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
