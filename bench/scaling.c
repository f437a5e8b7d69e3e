/* bench-scaling: memory and time of a rank over several sizes of data, against what docs/memory.md says of
 * them. */
#include "bench/bench.h"
#include "bench/bench_graph.h"
#include "io/base/memory.h"
#include "trainer/run/memory_need.h"
#include "trainer/run/training.h"

#include <malloc.h>
#include <math.h>
#include <string.h>

enum { STEPS = 5, MAX_SIZES = 3 };
static const char *const sizes[MAX_SIZES] = {"ml-latest-small", "ml-1m", "ml-20m"};

/* What a rank needs on data of one size. */
typedef struct size_cost {
    double edges, rows, batch;
    double bytes, expected_bytes;
    double propagation, loss, optimiser; /* seconds a step */
} size_cost;

static double heap_bytes(void)
{
    const struct mallinfo2 heap = mallinfo2();
    return (double)heap.uordblks + (double)heap.hblkhd;
}

static hr_status run_steps(hr_training *t, size_cost *cost, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_stepper_step(&t->stepper, &t->state, err)); /* untimed: its memory is not in the caches */
    memset(&t->graph.timing, 0, sizeof t->graph.timing);
    for (int i = 0; i < STEPS; i++)
        HR_TRY(hr_stepper_step(&t->stepper, &t->state, err));
    cost->propagation = t->graph.timing.seconds[HR_TIME_COMPUTE] / STEPS;
    cost->loss = t->graph.timing.seconds[HR_TIME_LOSS] / STEPS;
    cost->optimiser = t->graph.timing.seconds[HR_TIME_OPTIMISER] / STEPS;
done:
    return status;
}

static hr_status train_part(const hr_comm *comm, hr_h5 *partition, const hr_train_config *config,
                            size_cost *cost, hr_error *err)
{
    hr_status status = HR_OK;
    hr_training t = {0};
    float *block = NULL;
    const double before = heap_bytes();
    HR_TRY(hr_training_create(&t, comm, partition, config, err));
    HR_ALLOC(block, hr_blocks_rows(t.graph.blocks) * config->model.dim); /* as a run has for validation */
    const hr_shard *shard = &t.graph.shard;
    const hr_part_size size = hr_shard_size(shard, 0);
    *cost = (size_cost){.edges = (double)shard->edges,
                        .rows = (double)(shard->owned + shard->ghosts),
                        .batch = (double)config->sampling.batch,
                        .bytes = heap_bytes() - before,
                        .expected_bytes = (double)hr_memory_need(&size, 1, config)};
    HR_TRY(run_steps(&t, cost, err));
done:
    free(block);
    hr_training_free(&t);
    return status;
}

static hr_status measure_size(const hr_comm *comm, const char *preset, int64_t dim, size_cost *cost,
                              hr_error *err)
{
    hr_status status = HR_OK;
    hr_graph graph = {0};
    hr_plan plan = {0};
    hr_h5 *file = NULL;
    int32_t *owner = NULL;
    hr_train_options options = hr_train_defaults;
    hr_train_config config;
    options.dim = dim;
    HR_TRY(hr_bench_graph("", preset, &graph, err));
    HR_TRY(hr_train_config_resolve(&options, (hr_graph_size){graph.users, graph.movies, graph.edges}, &config,
                                   err));
    HR_ALLOC(owner, graph.users + graph.movies);
    HR_TRY(hr_plan_build(&plan, &graph, owner, 1, err));
    HR_TRY(hr_bench_partition(&plan, &graph, &file, err));
    hr_plan_free(&plan);
    hr_graph_free(&graph);
    HR_TRY(train_part(comm, file, &config, cost, err));
done:
    hr_h5_close(file);
    free(owner);
    hr_plan_free(&plan);
    hr_graph_free(&graph);
    return status;
}

/* Fits seconds of an edge and seconds of a row to the propagation of all sizes, by least squares of the
 * relative error. */
static void fit_rates(const size_cost *cost, int count, double *edge, double *row)
{
    double ee = 0.0, er = 0.0, rr = 0.0, e1 = 0.0, r1 = 0.0;
    for (int i = 0; i < count; i++) {
        const double e = cost[i].edges / cost[i].propagation, r = cost[i].rows / cost[i].propagation;
        ee += e * e;
        er += e * r;
        rr += r * r;
        e1 += e;
        r1 += r;
    }
    const double determinant = ee * rr - er * er;
    *edge = count > 1 ? (e1 * rr - r1 * er) / determinant : e1 / ee;
    *row = count > 1 ? (r1 * ee - e1 * er) / determinant : 0.0;
}

static json_t *describe(const char *preset, const size_cost *c, int64_t dim, double edge, double row)
{
    const double passes = 2.0 * (double)hr_train_defaults.layers, expected = edge * c->edges + row * c->rows;
    return json_pack("{s:s, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f}", "preset", preset, "edges",
                     c->edges, "rows", c->rows, "bytes", c->bytes, "expected_bytes", c->expected_bytes,
                     "bytes_ratio", c->bytes / c->expected_bytes, "propagation_seconds", c->propagation,
                     "propagation_ratio", c->propagation / expected, "edge_column_nanoseconds",
                     1e9 * c->propagation / (passes * c->edges * (double)dim), "sample_nanoseconds",
                     1e9 * c->loss / c->batch, "optimiser_nanoseconds",
                     1e9 * c->optimiser / (c->rows * (double)dim));
}

static hr_status measure(const hr_comm *comm, const hr_bench_call *call, json_t **figures, hr_error *err)
{
    hr_status status = HR_OK;
    size_cost cost[MAX_SIZES];
    double edge = 0.0, row = 0.0;
    int count = 0;
    json_t *table = json_array();
    HR_TRY(measure_size(comm, sizes[0], call->dim, &cost[0],
                        err)); /* untimed: MPI allocates its own memory first */
    for (bool last = false; !last && count < MAX_SIZES; count++) {
        HR_TRY(measure_size(comm, sizes[count], call->dim, &cost[count], err));
        last = strcmp(sizes[count], call->preset) == 0;
    }
    fit_rates(cost, count, &edge, &row);
    for (int i = 0; i < count; i++)
        json_array_append_new(table, describe(sizes[i], &cost[i], call->dim, edge, row));
    const double passes = 2.0 * (double)hr_train_defaults.layers * (double)call->dim;
    *figures = json_pack("{s:I, s:f, s:f, s:O}", "dim", (json_int_t)call->dim, "edge_column_nanoseconds",
                         1e9 * edge / passes, "row_column_nanoseconds", 1e9 * row / passes, "sizes", table);
done:
    json_decref(table);
    return status;
}

static void print(const json_t *figures)
{
    size_t i = 0;
    const json_t *s = NULL;
    printf("a layer takes %.3f ns an edge and column, %.3f ns a row and column\n",
           hr_bench_figure(figures, "edge_column_nanoseconds"),
           hr_bench_figure(figures, "row_column_nanoseconds"));
    puts(
        "size                  edges      rows  MB taken  of those expected  propagation, s  of that "
        "expected");
    json_array_foreach(json_object_get(figures, "sizes"), i, s) printf(
        "%-16s %10.0f %9.0f %9.1f %18.2f %15.4f %17.2f\n", json_string_value(json_object_get(s, "preset")),
        hr_bench_figure(s, "edges"), hr_bench_figure(s, "rows"), 1e-6 * hr_bench_figure(s, "bytes"),
        hr_bench_figure(s, "bytes_ratio"), hr_bench_figure(s, "propagation_seconds"),
        hr_bench_figure(s, "propagation_ratio"));
}

int main(int argc, char **argv)
{
    static const hr_bench bench = {
        "bench-scaling",
        "Measures memory and time of a rank on the presets up to --preset, against what is expected",
        "build/bench/bench-scaling --preset ml-20m", measure, print};
    return hr_bench_main(argc, argv, &bench);
}
