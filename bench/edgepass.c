/* bench-edgepass: the time of an edge pass, against the lower bound of the machine, a gather and scipy. */
#include "bench/bench.h"
#include "bench/bench_graph.h"
#include "bench/edge_floor.h"
#include "bench/gather.h"
#include "bench/scipy.h"
#include "io/base/median.h"
#include "io/base/memory.h"
#include "trainer/propagation/edge_pass.h"

#include <omp.h>

enum { REPEATS = 7 };

/* What was measured. */
typedef struct figures {
    int64_t edges, vertices, dim;
    double pass, gather, scipy; /* seconds a layer */
    hr_edge_floor floor;
} figures;

/* Alternates pass and gather, so that other load on the machine slows both. */
static void time_both(hr_edge_pass *pass, const hr_graph *graph, const float *x, float *y, figures *f)
{
    double passes[REPEATS], gathers[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
        const double start = omp_get_wtime();
        hr_edge_pass_run(pass, NULL, x, &(hr_row_sums){.floats = y});
        passes[i] = omp_get_wtime() - start;
        hr_gather(graph, x, y, f->dim);
        gathers[i] = omp_get_wtime() - start - passes[i];
    }
    f->pass = hr_median(passes, REPEATS);
    f->gather = hr_median(gathers, REPEATS);
}

static hr_status take_figures(const hr_bench_call *call, figures *f, hr_error *err)
{
    hr_status status = HR_OK;
    hr_graph graph = {0};
    hr_shard shard = {0};
    hr_edge_pass *pass = NULL;
    float *x = NULL, *y = NULL;
    HR_TRY(hr_bench_graph(call->dataset, call->preset, &graph, err));
    HR_TRY(hr_bench_only_part(&graph, &shard, err));
    *f = (figures){.edges = graph.edges, .vertices = graph.users + graph.movies, .dim = call->dim};
    HR_TRY(hr_edge_pass_create(&pass, &shard, f->dim, HR_SUM_PLAIN, err));
    HR_ALLOC(x, f->vertices * f->dim);
    HR_ALLOC(y, f->vertices * f->dim);
    for (int64_t i = 0; i < f->vertices * f->dim; i++)
        x[i] = (float)(i % 17) - 8.0F;
    HR_TRY(hr_edge_floor_measure(&f->floor, f->vertices, f->edges, f->dim, err));
    time_both(pass, &graph, x, y, f);
    HR_TRY(hr_scipy_seconds(&graph, f->dim, &f->scipy, err));
done:
    free(y);
    free(x);
    hr_edge_pass_destroy(pass);
    hr_shard_free(&shard);
    hr_graph_free(&graph);
    return status;
}

static hr_status measure(const hr_comm *comm, const hr_bench_call *call, json_t **result, hr_error *err)
{
    (void)comm;
    figures f;
    const hr_status status = take_figures(call, &f, err);
    if (status != HR_OK)
        return status;
    *result =
        json_pack("{s:I, s:I, s:I, s:I, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f}", "edges",
                  (json_int_t)f.edges, "vertices", (json_int_t)f.vertices, "dim", (json_int_t)f.dim,
                  "threads", (json_int_t)omp_get_max_threads(), "seconds_per_layer", f.pass,
                  "edge_columns_per_second", (double)f.edges * (double)f.dim / f.pass, "bytes",
                  f.floor.stream_bytes + f.floor.cache_bytes, "stream_bytes_per_second", f.floor.stream_rate,
                  "cache_bytes_per_second", f.floor.cache_rate, "floor_seconds", f.floor.seconds,
                  "floor_fraction", f.floor.seconds / f.pass, "gather_ratio", f.gather / f.pass);
    json_object_set_new(*result, "scipy_ratio", f.scipy > 0.0 ? json_real(f.scipy / f.pass) : json_null());
    return HR_OK;
}

static void print(const json_t *f)
{
    printf("%.0f edges, %.0f vertices, %.0f columns, %.0f threads\n", hr_bench_figure(f, "edges"),
           hr_bench_figure(f, "vertices"), hr_bench_figure(f, "dim"), hr_bench_figure(f, "threads"));
    printf("a layer %.4f s, the floor %.4f s: %.0f %% of the floor's speed\n",
           hr_bench_figure(f, "seconds_per_layer"), hr_bench_figure(f, "floor_seconds"),
           100.0 * hr_bench_figure(f, "floor_fraction"));
    printf("gather CSR takes %.1f times as long\n", hr_bench_figure(f, "gather_ratio"));
    if (hr_bench_figure(f, "scipy_ratio") > 0.0)
        printf("scipy's CSR product takes %.1f times as long\n", hr_bench_figure(f, "scipy_ratio"));
    else
        puts("scipy is not installed: apt-get install python3-scipy");
}

int main(int argc, char **argv)
{
    static const hr_bench bench = {
        "bench-edgepass", "Times an edge pass against the lower bound of the machine",
        "build/bench/bench-edgepass --preset ml-1m --dim 64 --json", measure, print};
    return hr_bench_main(argc, argv, &bench);
}
