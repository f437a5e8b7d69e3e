#include "partition/cut/cut.h"

#include "io/base/memory.h"
#include "io/base/philox.h"
#include "io/comm/log.h"
#include "partition/cut/fill_parts.h"

#include <assert.h>
#include <inttypes.h>
#include <metis.h>
#include <signal.h>
#include <string.h>

const char *const hr_cut_names[] = {
    [HR_CUT_METIS] = "metis", [HR_CUT_BLOCK] = "block", [HR_CUT_RANDOM] = "random", NULL};

/* The largest part may exceed the mean by 1 %. */
static const idx_t imbalance_permille = 10;

static void cut_random(int64_t vertices, int32_t parts, uint64_t seed, int32_t *owner)
{
    for (int64_t v = 0; v < vertices; v++)
        owner[v] =
            (int32_t)hr_below(hr_philox(seed, HR_STREAM_PARTITION, 0, (uint64_t)v).word[0], (uint32_t)parts);
}

/* Cuts vertices first … end - 1, in order of number, into parts of equally many edges. */
static void cut_blocks(const hr_graph *graph, int64_t first, int64_t end, int32_t parts, int32_t *owner)
{
    int64_t before = 0;
    for (int64_t v = first; v < end; v++) {
        const int64_t degree = hr_graph_degree(graph, v);
        const int32_t part = (int32_t)((double)(before + degree / 2) / (double)graph->edges * parts);
        owner[v] = part < parts ? part : parts - 1;
        before += degree;
    }
}

static hr_status check_metis_limits(const hr_graph *graph, hr_error *err)
{
    const int64_t vertices = graph->users + graph->movies;
    if (vertices < IDX_MAX && 2 * graph->edges + vertices < IDX_MAX)
        return HR_OK;
    return hr_fail(err, HR_MEMORY,
                   "%" PRId64 " vertices and %" PRId64
                   " edges, each counted twice, are beyond METIS's limit of %" PRId64
                   "; use --method block or random, or a METIS built with 64-bit indices",
                   vertices, graph->edges, (int64_t)IDX_MAX);
}

/* The graph in METIS's arrays: both directions of every edge, users' lists before movies'. */
typedef struct metis_graph {
    idx_t *start, *neighbour, *weight;
} metis_graph;

/* A vertex has the weight of its edges. Users and movies are balanced separately, each by one constraint:
 * the cover decides later whether a cut edge follows its user or its movie, so parts must be balanced in
 * both. */
enum { KINDS = 2, USER_WEIGHT = 0, MOVIE_WEIGHT = 1 };

static hr_status metis_graph_build(metis_graph *out, const hr_graph *graph, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t vertices = graph->users + graph->movies;
    HR_ALLOC(out->start, vertices + 1);
    HR_ALLOC(out->neighbour, 2 * graph->edges);
    HR_ALLOC(out->weight, KINDS * vertices);
    for (int64_t v = 0; v < vertices; v++) {
        const int64_t degree = hr_graph_degree(graph, v);
        out->weight[KINDS * v + (v < graph->users ? USER_WEIGHT : MOVIE_WEIGHT)] =
            (idx_t)(degree > 0 ? degree : 1);
        out->start[v + 1] = out->start[v] + (idx_t)degree;
    }
    for (int64_t e = 0; e < graph->edges; e++)
        out->neighbour[e] = (idx_t)(graph->users + graph->user_movie[e]);
    memcpy(out->neighbour + graph->edges, graph->movie_user, (size_t)graph->edges * sizeof *out->neighbour);
done:
    return status;
}

/* METIS installs its own handlers of SIGTERM and SIGABRT and removes them when done; this restores the
 * caller's. */
static int call_metis(metis_graph *g, idx_t vertices, idx_t parts, idx_t *options, idx_t *owner)
{
    struct sigaction at_terminate, at_abort;
    idx_t constraints = KINDS, cut = 0;
    sigaction(SIGTERM, NULL, &at_terminate);
    sigaction(SIGABRT, NULL, &at_abort);
    const int result = METIS_PartGraphKway(&vertices, &constraints, g->start, g->neighbour, g->weight, NULL,
                                           NULL, &parts, NULL, NULL, options, &cut, owner);
    sigaction(SIGTERM, &at_terminate, NULL);
    sigaction(SIGABRT, &at_abort, NULL);
    return result;
}

/* METIS says nothing of a part that it leaves empty. */
static hr_status fill(const metis_graph *g, int64_t vertices, int32_t parts, int32_t *owner, hr_error *err)
{
    const hr_comm alone = hr_comm_alone();
    int32_t filled = 0;
    const hr_status status = hr_parts_fill(g->weight, KINDS, vertices, parts, owner, &filled, err);
    if (status == HR_OK && filled > 0)
        hr_log(&alone, "METIS left %d of %d parts empty: they received vertices of the heaviest", filled,
               parts);
    return status;
}

static hr_status cut_metis(const hr_graph *graph, int32_t parts, uint64_t seed, int32_t *owner, hr_error *err)
{
    hr_status status = HR_OK;
    metis_graph g = {0};
    idx_t options[METIS_NOPTIONS];
    HR_TRY(check_metis_limits(graph, err));
    HR_TRY(metis_graph_build(&g, graph, err));
    METIS_SetDefaultOptions(options);
    options[METIS_OPTION_SEED] = (idx_t)(seed & INT32_MAX);
    options[METIS_OPTION_UFACTOR] = imbalance_permille;
    const int result = call_metis(&g, (idx_t)(graph->users + graph->movies), parts, options, owner);
    if (result != METIS_OK)
        status =
            hr_fail(err, HR_MEMORY, "METIS could not cut %" PRId64 " edges into %d parts (%s)", graph->edges,
                    parts, result == METIS_ERROR_MEMORY ? "out of memory" : "its own error");
    else
        status = fill(&g, graph->users + graph->movies, parts, owner, err);
done:
    free(g.weight);
    free(g.neighbour);
    free(g.start);
    return status;
}

hr_status hr_cut(const hr_graph *graph, int32_t parts, hr_cut_method method, uint64_t seed, int32_t *owner,
                 hr_error *err)
{
    const int64_t vertices = graph->users + graph->movies;
    assert(hr_graph_is_valid(graph));
    if (parts < 1 || parts > vertices)
        return hr_fail(err, HR_USAGE, "%d parts of a graph of %" PRId64 " vertices: expected 1 to %" PRId64,
                       parts, vertices, vertices);
    memset(owner, 0, (size_t)vertices * sizeof *owner);
    if (parts > 1 && method == HR_CUT_METIS)
        return cut_metis(graph, parts, seed, owner, err);
    if (method == HR_CUT_RANDOM)
        cut_random(vertices, parts, seed, owner);
    if (method == HR_CUT_BLOCK) {
        cut_blocks(graph, 0, graph->users, parts, owner);
        cut_blocks(graph, graph->users, vertices, parts, owner);
    }
    return HR_OK;
}
