/* bench-edgepass: the time of an edge pass, against the lower bound of the machine, a gather and scipy. */
#include "bench/bench.h"
#include "bench/bench_graph.h"
#include "bench/edge_floor.h"
#include "bench/probes.h"
#include "bench/scipy.h"
#include "io/base/median.h"
#include "io/base/memory.h"
#include "trainer/propagation/edge_pass.h"
#include "trainer/simd/isa.h"

#include <omp.h>

enum { REPEATS = 7, GATHERS = 3 };

/* What was measured. */
typedef struct figures {
    int64_t edges, vertices, dim;
    double pass, fastest, gather, scipy; /* seconds a layer: medians, and the fastest pass */
    hr_machine_rates rates;
    double edges_a_second; /* of the floor's lines */
    hr_edge_work work;
    hr_edge_floor floor;
} figures;

/* Data of passes. */
typedef struct trial {
    hr_graph graph;
    hr_shard shard;
    hr_edge_pass *pass;
    hr_machine_probe *probe;
    float *x, *y;
} trial;

static void trial_free(trial *t)
{
    free(t->y);
    free(t->x);
    hr_machine_probe_free(t->probe);
    hr_edge_pass_destroy(t->pass);
    hr_shard_free(&t->shard);
    hr_graph_free(&t->graph);
}

static hr_status prepare(trial *t, const hr_bench_call *call, figures *f, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_caches caches = hr_caches_found();
    HR_TRY(hr_bench_graph(call->dataset, call->preset, &t->graph, err));
    HR_TRY(hr_graph_transpose(&t->graph, err));
    HR_TRY(hr_bench_only_part(&t->graph, &t->shard, err));
    *f = (figures){.edges = t->graph.edges, .vertices = t->graph.users + t->graph.movies, .dim = call->dim};
    HR_TRY(hr_edge_work_count(&f->work, &t->shard, f->dim, &caches, omp_get_max_threads(), err));
    HR_TRY(hr_machine_probe_create(&t->probe, &caches, err));
    HR_TRY(hr_edge_pass_create(&t->pass, &t->shard, f->dim, HR_SUM_PLAIN, err));
    HR_ALLOC(t->x, f->vertices * f->dim);
    HR_ALLOC(t->y, f->vertices * f->dim);
    for (int64_t i = 0; i < f->vertices * f->dim; i++)
        t->x[i] = (float)(i % 17) - 8.0F;
done:
    return status;
}

/* Alternates probes, pass and gather, so that other load on the machine slows all of them. */
static void time_all(trial *t, figures *f)
{
    double passes[REPEATS], gathers[GATHERS];
    const hr_graph *g = &t->graph;
    const hr_both_ways lists = {g->users, g->movies, g->user_ptr, g->movie_ptr, g->user_movie, g->movie_user};
    for (int i = 0; i < REPEATS; i++) {
        hr_machine_probe_rates(t->probe, &f->rates);
        hr_machine_probe_edges(t->probe, &f->work.lines, &f->edges_a_second);
        const double start = omp_get_wtime();
        hr_edge_pass_run(t->pass, NULL, t->x, &(hr_row_sums){.floats = t->y});
        passes[i] = omp_get_wtime() - start;
        if (i >= GATHERS)
            continue;
        hr_gather(&lists, t->x, t->y, f->dim);
        gathers[i] = omp_get_wtime() - start - passes[i];
    }
    f->pass = hr_median(passes, REPEATS);
    f->gather = hr_median(gathers, GATHERS);
    f->fastest = passes[0]; /* of the times in order */
}

static hr_status take_figures(const hr_bench_call *call, figures *f, hr_error *err)
{
    hr_status status = HR_OK;
    trial t = {0};
    HR_TRY(prepare(&t, call, f, err));
    time_all(&t, f);
    f->floor = hr_edge_floor_of(&f->work, &f->rates, f->edges_a_second);
    HR_TRY(hr_scipy_seconds(&t.graph, f->dim, &f->scipy, err));
done:
    trial_free(&t);
    return status;
}

static json_t *floor_json(const figures *f)
{
    const hr_line_shares *lines = &f->work.lines;
    return json_pack("{s:f, s:f, s:f, s:f, s:{s:f, s:f, s:f, s:s}, s:f, s:f, s:f}", "lines", f->floor.lines,
                     "adding", f->floor.adding, "third", f->floor.third, "memory", f->floor.memory, "shares",
                     "l1", lines->near, "l2", lines->middle, "farther", lines->far, "farthest",
                     hr_level_names[lines->farthest], "edges_per_second", f->edges_a_second, "third_bytes",
                     f->work.third_bytes, "memory_bytes", f->work.memory_bytes);
}

static hr_status measure(const hr_comm *comm, const hr_bench_call *call, json_t **result, hr_error *err)
{
    (void)comm;
    figures f;
    const hr_status status = take_figures(call, &f, err);
    if (status != HR_OK)
        return status;
    const int threads = omp_get_max_threads(), cores = omp_get_num_procs();
    const double core_seconds = f.fastest * (threads < cores ? threads : cores);
    *result = json_pack("{s:I, s:f, s:I, s:I, s:i, s:s, s:i, s:f, s:f, s:f, s:f, s:f, s:f, s:o, s:o, s:f}",
                        "edges", (json_int_t)f.edges, "runs", f.work.runs / f.work.panels, "vertices",
                        (json_int_t)f.vertices, "dim", (json_int_t)f.dim, "threads", threads, "isa",
                        hr_isa_name(hr_isa_chosen()), "panel_columns", HR_LANES, "seconds_per_layer", f.pass,
                        "fastest_seconds", f.fastest, "edge_columns_per_second",
                        (double)f.edges * (double)f.dim / f.pass, "cycles_per_edge",
                        core_seconds * f.rates.clock / f.work.edges, "floor_seconds", f.floor.seconds,
                        "floor_fraction", f.floor.seconds / f.fastest, "floor_terms", floor_json(&f), "rates",
                        hr_machine_rates_json(&f.rates), "gather_ratio", f.gather / f.pass);
    json_object_set_new(*result, "scipy_ratio", f.scipy > 0.0 ? json_real(f.scipy / f.pass) : json_null());
    json_object_set_new(*result, "scipy_seconds", f.scipy > 0.0 ? json_real(f.scipy) : json_null());
    return HR_OK;
}

static void print(const json_t *f)
{
    printf("%.0f edges, %.0f vertices, %.0f columns, %.0f threads\n", hr_bench_figure(f, "edges"),
           hr_bench_figure(f, "vertices"), hr_bench_figure(f, "dim"), hr_bench_figure(f, "threads"));
    printf("a layer %.4f s, the fastest %.4f s, the floor %.4f s: at best %.0f %% of the floor's speed\n",
           hr_bench_figure(f, "seconds_per_layer"), hr_bench_figure(f, "fastest_seconds"),
           hr_bench_figure(f, "floor_seconds"), 100.0 * hr_bench_figure(f, "floor_fraction"));
    printf("%s, panels of %.0f columns, %.1f cycles an edge and panel\n",
           json_string_value(json_object_get(f, "isa")), hr_bench_figure(f, "panel_columns"),
           hr_bench_figure(f, "cycles_per_edge"));
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
