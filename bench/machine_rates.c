#include "bench/machine_rates.h"

#include "bench/probes.h"
#include "io/base/memory.h"

#include <cblas.h>
#include <omp.h>
#include <stdbool.h>
#include <string.h>

enum { LEAST_BYTES = 1 << 26, ROUNDS = 1 << 20, COUNTED = 1 << 22, EDGES = 1 << 20 };
enum { GROUP_BYTES = HR_PROBE_GROUP * sizeof(hr_movie_line) };

struct hr_machine_probe {
    hr_caches caches;
    int threads;
    int64_t lines;    /* of each thread */
    hr_line **memory; /* [threads] */
};

hr_status hr_machine_probe_create(hr_machine_probe **probe, const hr_caches *caches, hr_error *err)
{
    hr_status status = HR_OK;
    hr_machine_probe *p = NULL;
    const int threads = omp_get_max_threads(), cores = omp_get_num_procs();
    *probe = NULL;
    HR_ALLOC(p, 1);
    p->caches = *caches;
    p->threads = threads < cores ? threads : cores;
    p->lines = hr_probe_bytes(caches, HR_DRAM, p->threads) / (int64_t)sizeof(hr_line);
    HR_ALLOC(p->memory, p->threads);
    for (int i = 0; i < p->threads; i++)
        HR_ALLOC(p->memory[i], p->lines);
#pragma omp parallel num_threads(p->threads)
    memset(p->memory[omp_get_thread_num()], 0, (size_t)p->lines * sizeof(hr_line)); /* pages that are there */
    *probe = p;
done:
    if (status != HR_OK)
        hr_machine_probe_free(p);
    return status;
}

void hr_machine_probe_free(hr_machine_probe *probe)
{
    if (!probe)
        return;
    for (int i = 0; probe->memory && i < probe->threads; i++)
        free(probe->memory[i]);
    free(probe->memory);
    free(probe);
}

/* What each thread does with its memory. */
typedef struct work {
    int64_t lines, repeats;     /* of its memory that it takes, as often */
    const hr_edge_probe *edges; /* whose rings' lines are still to be found in that memory */
} work;

typedef void motion(hr_line *memory, const work *w);

static void read_lines(hr_line *memory, const work *w)
{
    hr_line sum;
    for (int64_t i = 0; i < w->repeats; i++)
        hr_probe_read(memory, w->lines, &sum);
}

static void copy_lines(hr_line *memory, const work *w)
{
    for (int64_t i = 0; i < w->repeats; i++)
        hr_probe_copy(memory + w->lines / 2, memory, w->lines / 2);
}

static void copy_by_library(hr_line *memory, const work *w)
{
    for (int64_t i = 0; i < w->repeats; i++)
        memcpy(memory + w->lines / 2, memory, (size_t)(w->lines / 2) * sizeof *memory);
}

static void add(hr_line *memory, const work *w)
{
    hr_probe_add(w->repeats, memory);
}

static void multiply_add(hr_line *memory, const work *w)
{
    hr_probe_multiply_add(w->repeats, memory);
}

static void count(hr_line *memory, const work *w)
{
    (void)memory;
    hr_probe_count(w->repeats);
}

static void sweep(hr_line *memory, const work *w)
{
    hr_edge_probe edges = *w->edges;
    hr_line sum = {{0}};
    hr_movie_line *next = (hr_movie_line *)memory;
    edges.rounds = w->repeats;
    for (int i = 0; i < HR_PROBE_RINGS; i++) {
        edges.ring[i].line = next;
        next += edges.ring[i].lines;
    }
    hr_probe_edges(&edges, &sum);
}

/* Seconds until the slowest thread is done. */
static double seconds_of(const hr_machine_probe *p, motion *move, work w)
{
    double seconds = 0.0;
#pragma omp parallel num_threads(p->threads) reduction(max : seconds)
    {
        hr_line *memory = p->memory[omp_get_thread_num()];
#pragma omp barrier
        const double start = omp_get_wtime();
        move(memory, &w);
        seconds = omp_get_wtime() - start;
    }
    return seconds;
}

static void keep_higher(double *rate, double found)
{
    *rate = found > *rate ? found : *rate;
}

static void measure_level(const hr_machine_probe *p, hr_level level, hr_machine_rates *rates)
{
    const int64_t pairs = hr_probe_bytes(&p->caches, level, p->threads) / GROUP_BYTES * HR_PROBE_GROUP;
    if (pairs == 0)
        return;
    const int64_t bytes = pairs * (int64_t)sizeof(hr_movie_line), repeats = LEAST_BYTES / bytes;
    const work w = {.lines = 2 * pairs, .repeats = repeats > 0 ? repeats : 1};
    const double moved = (double)bytes * (double)w.repeats * p->threads;
    keep_higher(&rates->read[level], moved / seconds_of(p, read_lines, w));
    keep_higher(&rates->copy[level], moved / seconds_of(p, copy_lines, w));
    if (level == HR_DRAM) /* which a library's copy writes without reading it first */
        keep_higher(&rates->copy[level], moved / seconds_of(p, copy_by_library, w));
}

void hr_machine_probe_rates(hr_machine_probe *p, hr_machine_rates *rates)
{
    hr_line sum = {{0}};
    const double lanes = (double)hr_probe_add(ROUNDS, &sum) * p->threads;
    for (hr_level level = HR_L1; level < HR_LEVELS; level++)
        measure_level(p, level, rates);
    keep_higher(&rates->additions, lanes / seconds_of(p, add, (work){.repeats = ROUNDS}));
    keep_higher(&rates->additions, lanes / seconds_of(p, multiply_add, (work){.repeats = ROUNDS}));
    keep_higher(&rates->clock, COUNTED / seconds_of(p, count, (work){.repeats = COUNTED}));
}

/* Spreads the rings evenly over the pattern, the shares of the slower ones rounded down. */
static void fill_pattern(const hr_line_shares *shares, uint8_t pattern[HR_PROBE_PATTERN])
{
    const int far = (int)(shares->far * HR_PROBE_PATTERN);
    const int slow = (int)((shares->far + shares->middle) * HR_PROBE_PATTERN);
    for (int i = 0; i < HR_PROBE_PATTERN; i++) {
        const int before = i * slow / HR_PROBE_PATTERN, after = (i + 1) * slow / HR_PROBE_PATTERN;
        const bool is_far = after > before && after * far / slow > before * far / slow;
        pattern[i] = is_far ? 2 : after > before ? 1 : 0;
    }
}

/* Lines of a ring of so many bytes: whole groups, at least one. */
static int64_t ring_lines(double bytes)
{
    const int64_t groups = (int64_t)bytes / GROUP_BYTES;
    return (groups > 1 ? groups : 1) * HR_PROBE_GROUP;
}

void hr_machine_probe_edges(hr_machine_probe *p, const hr_line_shares *shares, double *edges_a_second)
{
    /* Between two uses of a line of one ring come lines of the farther ones: so few that it stays in its cache. */
    const double l2 = (double)p->caches.bytes[HR_L2], most = (double)p->lines * sizeof(hr_line) / 2.0;
    const double far = (double)hr_probe_bytes(&p->caches, shares->farthest, p->threads);
    const double middle =
        shares->middle > 2.0 * shares->far ? l2 / 2.0 : l2 / 4.0 * shares->middle / shares->far;
    hr_edge_probe edges = {.ring = {{.lines = (shares->near >= 0.2 ? 4 : 1) * HR_PROBE_GROUP},
                                    {.lines = ring_lines(middle)},
                                    {.lines = ring_lines(far > 0.0 && far < most ? far : most)}}};
    const int64_t round = HR_PROBE_PATTERN * HR_PROBE_GROUP;
    const work w = {.repeats = EDGES / round, .edges = &edges};
    fill_pattern(shares, edges.pattern);
    keep_higher(edges_a_second, (double)(w.repeats * round) * p->threads / seconds_of(p, sweep, w));
}

json_t *hr_machine_rates_json(const hr_machine_rates *rates)
{
    json_t *object = json_pack("{s:f, s:f}", "clock", rates->clock, "additions", rates->additions);
    for (hr_level level = HR_L1; level < HR_LEVELS; level++)
        if (rates->read[level] > 0.0)
            json_object_set_new(
                object, hr_level_names[level],
                json_pack("{s:f, s:f}", "read", rates->read[level], "copy", rates->copy[level]));
    return object;
}

/* Rows and columns of the product: large enough for full speed. */
enum { SGEMM_ROWS = 4096, SGEMM_COLUMNS = 4096, SGEMM_REPEATS = 5 };

hr_status hr_sgemm_rate(int64_t dim, double *rate, hr_error *err)
{
    hr_status status = HR_OK;
    float *a = NULL, *b = NULL, *c = NULL;
    *rate = 0.0;
    HR_ALLOC(a, SGEMM_ROWS * dim);
    HR_ALLOC(b, SGEMM_COLUMNS * dim);
    HR_ALLOC(c, (int64_t)SGEMM_ROWS * SGEMM_COLUMNS);
    openblas_set_num_threads(omp_get_max_threads());
    for (int repeat = 0; repeat < SGEMM_REPEATS; repeat++) {
        const double start = omp_get_wtime();
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, SGEMM_ROWS, SGEMM_COLUMNS, (int)dim, 1.0F, a,
                    (int)dim, b, (int)dim, 0.0F, c, SGEMM_COLUMNS);
        const double flops = 2.0 * SGEMM_ROWS * SGEMM_COLUMNS * (double)dim;
        const double once = flops / (omp_get_wtime() - start);
        *rate = once > *rate ? once : *rate;
    }
    openblas_set_num_threads(1);
done:
    free(c);
    free(b);
    free(a);
    return status;
}
