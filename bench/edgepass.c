/* bench-edgepass: how fast the edge pass is, against what the machine allows and against the usual ways. */
#include "bench/bandwidth.h"
#include "bench/bench_graph.h"
#include "bench/gather.h"
#include "bench/scipy.h"
#include "io/memory.h"
#include "io/options.h"
#include "trainer/edge_pass.h"
#include "trainer/simd.h"

#include <inttypes.h>
#include <omp.h>
#include <stdbool.h>
#include <string.h>

enum { REPEATS = 7, LINE_BYTES = 64, CACHED_LINES = 4096 };

typedef struct options {
    char preset[HR_TEXT_LENGTH];
    int64_t dim;
    bool json;
} options;

static const hr_option table[] = {
    {"preset", "NAME", HR_OPTION_TEXT, HR_OPTION_CALL, offsetof(options, preset), 0, 0, NULL,
     "synthetic data to measure on where no file is given"},
    {"dim", "D", HR_OPTION_INT, HR_OPTION_CALL, offsetof(options, dim), 1, 4096, NULL, "columns"},
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, offsetof(options, json), 0, 0, NULL,
     "print one JSON object"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

/* What was measured. */
typedef struct figures {
    int64_t edges, vertices, dim;
    double pass, gather, scipy; /* seconds a layer */
    double stream_bytes, cache_bytes, stream_rate, cache_rate;
} figures;

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *seconds)
{
    qsort(seconds, REPEATS, sizeof *seconds, ascending);
    return seconds[REPEATS / 2];
}

/* The pass and the gather in turn, so that both meet the same machine. */
static void time_both(hr_edge_pass *pass, const hr_graph *graph, const float *x, float *y, figures *f)
{
    double passes[REPEATS], gathers[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
        const double start = omp_get_wtime();
        hr_edge_pass_run(pass, NULL, x, y);
        passes[i] = omp_get_wtime() - start;
        hr_gather(graph, x, y, f->dim);
        gathers[i] = omp_get_wtime() - start - passes[i];
    }
    f->pass = median(passes);
    f->gather = median(gathers);
}

/* The least that has to move: every row in and out of memory once and every edge's index once a panel; and in
 * the cache, for each edge and panel, a line read and a line read and written. */
static void count_bytes(figures *f)
{
    const double panels = (double)((f->dim + HR_LANES - 1) / HR_LANES);
    f->stream_bytes = 2.0 * (double)f->vertices * (double)f->dim * sizeof(float) +
                      panels * (double)f->edges * sizeof(int32_t);
    f->cache_bytes = panels * (double)f->edges * 3.0 * LINE_BYTES;
}

static double floor_seconds(const figures *f)
{
    const double stream = f->stream_bytes / f->stream_rate, cache = f->cache_bytes / f->cache_rate;
    return stream > cache ? stream : cache;
}

static hr_status measure(const options *o, const char *dataset, figures *f, hr_error *err)
{
    hr_status status = HR_OK;
    hr_graph graph = {0};
    hr_shard shard = {0};
    hr_edge_pass *pass = NULL;
    float *x = NULL, *y = NULL;
    HR_TRY(hr_bench_graph(dataset, o->preset, &graph, &shard, err));
    *f = (figures){.edges = graph.edges, .vertices = graph.users + graph.movies, .dim = o->dim};
    HR_TRY(hr_edge_pass_create(&pass, &shard, o->dim, err));
    HR_ALLOC(x, f->vertices * o->dim);
    HR_ALLOC(y, f->vertices * o->dim);
    for (int64_t i = 0; i < f->vertices * o->dim; i++)
        x[i] = (float)(i % 17) - 8.0F;
    HR_TRY(hr_bandwidth_stream(&f->stream_rate, err));
    HR_TRY(hr_bandwidth_cache(CACHED_LINES, &f->cache_rate, err));
    time_both(pass, &graph, x, y, f);
    HR_TRY(hr_scipy_seconds(&graph, o->dim, &f->scipy, err));
    count_bytes(f);
done:
    free(y);
    free(x);
    hr_edge_pass_destroy(pass);
    hr_shard_free(&shard);
    hr_graph_free(&graph);
    return status;
}

static void print_json(const figures *f)
{
    json_t *object = json_pack(
        "{s:I, s:I, s:I, s:I, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f}", "edges", (json_int_t)f->edges,
        "vertices", (json_int_t)f->vertices, "dim", (json_int_t)f->dim, "threads",
        (json_int_t)omp_get_max_threads(), "seconds_per_layer", f->pass, "edge_columns_per_second",
        (double)f->edges * (double)f->dim / f->pass, "bytes", f->stream_bytes + f->cache_bytes,
        "stream_bytes_per_second", f->stream_rate, "cache_bytes_per_second", f->cache_rate, "floor_seconds",
        floor_seconds(f), "floor_fraction", floor_seconds(f) / f->pass, "gather_ratio", f->gather / f->pass);
    json_object_set_new(object, "scipy_ratio", f->scipy > 0.0 ? json_real(f->scipy / f->pass) : json_null());
    json_dumpf(object, stdout, JSON_REAL_PRECISION(6));
    putchar('\n');
    json_decref(object);
}

static void print_text(const figures *f)
{
    printf("%" PRId64 " edges, %" PRId64 " vertices, %" PRId64 " columns, %d threads\n", f->edges,
           f->vertices, f->dim, omp_get_max_threads());
    printf("a layer %.4f s, the floor %.4f s: %.0f %% of it reached\n", f->pass, floor_seconds(f),
           100.0 * floor_seconds(f) / f->pass);
    printf("gather CSR takes %.1f times as long\n", f->gather / f->pass);
    if (f->scipy > 0.0)
        printf("scipy's CSR product takes %.1f times as long\n", f->scipy / f->pass);
    else
        puts("scipy is not installed: apt-get install python3-scipy");
}

int main(int argc, char **argv)
{
    static options o = {.preset = "ml-1m", .dim = 64};
    static const options defaults = {.preset = "ml-1m", .dim = 64};
    hr_error err = {""};
    figures f;
    const char *dataset = "";
    int count = 0, help = 0;
    hr_status status = hr_options_parse(table, argc, argv, &o, &dataset, 1, &count, &help, &err);
    if (status == HR_OK && help) {
        puts("usage: bench-edgepass [--preset NAME | DATA.h5] [options]\n\nTimes a layer of propagation.\n");
        hr_options_print_help(table, &defaults, stdout);
        puts("\nexample:\n  build/bench/bench-edgepass --preset ml-1m --dim 64 --json");
        return 0;
    }
    if (status == HR_OK)
        status = measure(&o, dataset, &f, &err);
    if (status != HR_OK) {
        fprintf(stderr, "bench-edgepass: %s\n", err.text);
        return (int)status;
    }
    if (o.json)
        print_json(&f);
    else
        print_text(&f);
    return 0;
}
