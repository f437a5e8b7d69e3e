/* bench-halo: the time of a layer's exchange, by partition method and number of parts, against the usual
 * halo. */
#include "partition/halo/halo.h"

#include "bench/bench.h"
#include "bench/bench_graph.h"
#include "io/base/median.h"
#include "io/base/memory.h"
#include "partition/cut/cut.h"

#include <stdlib.h>

enum { REPEATS = 15 };

/* The ghosts of a rank. */
typedef struct ghosts {
    int64_t owned, count;
    int32_t *owner, *row;
} ghosts;

static void ghosts_free(ghosts *g)
{
    free(g->owner);
    free(g->row);
}

static hr_status ghosts_new(ghosts *g, int64_t count, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(g->owner, count);
    HR_ALLOC(g->row, count);
done:
    return status;
}

static hr_status cover_ghosts(const hr_plan *plan, int32_t part, ghosts *g, hr_error *err)
{
    const int64_t first = plan->ghost_ptr[part];
    g->owned = plan->vertex_ptr[part + 1] - plan->vertex_ptr[part];
    g->count = plan->ghost_ptr[part + 1] - first;
    const hr_status status = ghosts_new(g, g->count, err);
    for (int64_t i = 0; status == HR_OK && i < g->count; i++) {
        g->owner[i] = plan->ghost_owner[first + i];
        g->row[i] = plan->ghost_row[first + i];
    }
    return status;
}

/* Marks the neighbours of the part's vertices that other parts own. */
static void mark_neighbours(const hr_graph *graph, const int32_t *owner, int32_t part, char *wanted)
{
    for (int64_t u = 0; u < graph->users; u++)
        for (int64_t e = graph->user_ptr[u]; e < graph->user_ptr[u + 1]; e++) {
            const int64_t movie = graph->users + graph->user_movie[e];
            if (owner[u] == part && owner[movie] != part)
                wanted[movie] = 1;
            if (owner[movie] == part && owner[u] != part)
                wanted[u] = 1;
        }
}

/* The usual halo copies every neighbour of an owned vertex. Nothing is reduced. */
static hr_status usual_ghosts(const hr_graph *graph, const hr_plan *plan, int32_t part, ghosts *g,
                              hr_error *err)
{
    hr_status status = HR_OK;
    char *wanted = NULL;
    g->owned = plan->vertex_ptr[part + 1] - plan->vertex_ptr[part];
    HR_ALLOC(wanted, graph->users + graph->movies);
    mark_neighbours(graph, plan->owner, part, wanted);
    for (int64_t v = 0; v < graph->users + graph->movies; v++)
        g->count += wanted[v];
    HR_TRY(ghosts_new(g, g->count, err));
    int64_t next = 0;
    for (int32_t p = 0; p < plan->parts; p++)
        for (int64_t i = plan->vertex_ptr[p]; i < plan->vertex_ptr[p + 1]; i++)
            if (wanted[plan->vertex[i]]) {
                g->owner[next] = p;
                g->row[next++] = (int32_t)(i - plan->vertex_ptr[p]);
            }
done:
    free(wanted);
    return status;
}

/* Seconds of a layer's exchange on the slowest rank; bytes and ghosts of all ranks. */
typedef struct cost {
    double seconds;
    int64_t bytes, ghosts;
} cost;

static hr_status one_layer(hr_halo *halo, float *x, int64_t dim, bool reduces, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_halo_scatter(halo, x, dim, err));
    if (reduces)
        HR_TRY(hr_halo_reduce(halo, x, dim, err));
done:
    return status;
}

static hr_status time_halo(const hr_comm *comm, const ghosts *g, int64_t dim, bool reduces, cost *c,
                           hr_error *err)
{
    hr_status status = HR_OK;
    hr_halo *halo = NULL;
    float *x = NULL;
    double seconds[REPEATS];
    HR_TRY(hr_halo_create(&halo, comm, g->owned, g->count, g->owner, g->row, dim, dim, err));
    HR_ALLOC(x, (g->owned + g->count) * dim);
    for (int i = 0; i < REPEATS; i++) {
        MPI_Barrier(comm->mpi);
        const double start = hr_seconds();
        HR_TRY(one_layer(halo, x, dim, reduces, err));
        seconds[i] = hr_seconds() - start;
    }
    *c = (cost){hr_median(seconds, REPEATS), hr_halo_bytes(halo) / REPEATS, g->count};
    HR_TRY(hr_max_f64(comm, &c->seconds, 1, err));
    HR_TRY(hr_sum_i64(comm, &c->bytes, 1, err));
    HR_TRY(hr_sum_i64(comm, &c->ghosts, 1, err));
done:
    free(x);
    hr_halo_destroy(halo);
    return status;
}

static hr_status both_halos(const hr_comm *comm, const hr_graph *graph, const hr_plan *plan, int64_t dim,
                            cost *cover, cost *usual, hr_error *err)
{
    ghosts g = {0}, all = {0};
    hr_status status = cover_ghosts(plan, comm->rank, &g, err);
    if (status == HR_OK)
        status = usual_ghosts(graph, plan, comm->rank, &all, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(time_halo(comm, &g, dim, true, cover, err));
    HR_TRY(time_halo(comm, &all, dim, false, usual, err));
done:
    ghosts_free(&all);
    ghosts_free(&g);
    return status;
}

/* Adds a line to the table: one method, as many parts as comm has ranks. Collective. */
static hr_status measure_cut(const hr_comm *comm, const hr_graph *graph, hr_cut_method method, int64_t dim,
                             json_t *table, hr_error *err)
{
    hr_plan plan = {0};
    int32_t *owner = calloc((size_t)(graph->users + graph->movies), sizeof *owner);
    cost cover = {0}, usual = {0};
    hr_status status = owner ? hr_cut(graph, comm->size, method, 1, owner, err)
                             : hr_fail(err, HR_MEMORY, "no room for the owners");
    if (status == HR_OK)
        status = hr_plan_build(&plan, graph, owner, comm->size, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(both_halos(comm, graph, &plan, dim, &cover, &usual, err));
    json_array_append_new(table, json_pack("{s:s, s:i, s:I, s:I, s:f, s:I, s:I, s:f, s:f}", "method",
                                           hr_cut_names[method], "parts", comm->size, "ghosts",
                                           (json_int_t)cover.ghosts, "bytes", (json_int_t)cover.bytes,
                                           "seconds", cover.seconds, "usual_ghosts", (json_int_t)usual.ghosts,
                                           "usual_bytes", (json_int_t)usual.bytes, "usual_seconds",
                                           usual.seconds, "usual_ratio", usual.seconds / cover.seconds));
done:
    hr_plan_free(&plan);
    free(owner);
    return status;
}

/* All methods on the first `ranks` ranks; the others wait. Collective. */
static hr_status measure_parts(const hr_comm *world, int ranks, const hr_graph *graph, int64_t dim,
                               json_t *table, hr_error *err)
{
    hr_status status = HR_OK;
    MPI_Comm some = MPI_COMM_NULL;
    MPI_Comm_split(world->mpi, world->rank < ranks ? 0 : MPI_UNDEFINED, world->rank, &some);
    if (some != MPI_COMM_NULL) {
        const hr_comm comm = hr_comm_of(some);
        for (hr_cut_method m = HR_CUT_METIS; m <= HR_CUT_RANDOM && status == HR_OK; m++)
            status = measure_cut(&comm, graph, m, dim, table, err);
        MPI_Comm_free(&some);
    }
    return hr_agree(world, status, NULL, err);
}

static hr_status measure(const hr_comm *comm, const hr_bench_call *call, json_t **figures, hr_error *err)
{
    hr_graph graph = {0};
    json_t *table = json_array();
    hr_status status = hr_bench_graph(call->dataset, call->preset, &graph, err);
    if (status == HR_OK && comm->size < 2)
        status = hr_fail(err, HR_USAGE, "one rank exchanges nothing; start it with mpirun -n 2 or more");
    HR_TRY(hr_agree(comm, status, NULL, err));
    for (int ranks = 2; ranks <= comm->size; ranks++)
        HR_TRY(measure_parts(comm, ranks, &graph, call->dim, table, err));
    *figures =
        json_pack("{s:I, s:I, s:I, s:O}", "edges", (json_int_t)graph.edges, "vertices",
                  (json_int_t)(graph.users + graph.movies), "dim", (json_int_t)call->dim, "halos", table);
done:
    json_decref(table);
    hr_graph_free(&graph);
    return status;
}

static void print(const json_t *figures)
{
    size_t i = 0;
    const json_t *h = NULL;
    puts("a layer's exchange, seconds and megabytes, by this cover (out and back) and by the usual halo");
    puts("method   parts    ghosts       MB        s   usual ghosts       MB        s   usual / cover");
    json_array_foreach(json_object_get(figures, "halos"), i, h) printf(
        "%-8s %5.0f %9.0f %8.1f %8.4f   %12.0f %8.1f %8.4f   %13.2f\n",
        json_string_value(json_object_get(h, "method")), hr_bench_figure(h, "parts"),
        hr_bench_figure(h, "ghosts"), 1e-6 * hr_bench_figure(h, "bytes"), hr_bench_figure(h, "seconds"),
        hr_bench_figure(h, "usual_ghosts"), 1e-6 * hr_bench_figure(h, "usual_bytes"),
        hr_bench_figure(h, "usual_seconds"), hr_bench_figure(h, "usual_ratio"));
}

int main(int argc, char **argv)
{
    static const hr_bench bench = {
        "bench-halo", "Times the halo exchange of a layer by every method, on 2 ranks up to all",
        "jobs/mpirun.sh 4 build/bench/bench-halo --preset ml-1m --json", measure, print};
    return hr_bench_main(argc, argv, &bench);
}
