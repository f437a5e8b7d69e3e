#include "partition/cut/metis.h"

#include "io/base/memory.h"
#include "io/comm/exchange.h"
#include "io/comm/log.h"
#include "partition/cut/fill_parts.h"
#include "partition/cut/metis_graph.h"

#include <inttypes.h>
#include <signal.h>
#include <string.h>

/* The largest part may exceed the mean by 1 %. */
static const idx_t imbalance_permille = 10;

static hr_status check_limits(const hr_graph *graph, hr_error *err)
{
    const int64_t vertices = graph->users + graph->movies;
    if (vertices < IDX_MAX && 2 * graph->edges + vertices < IDX_MAX)
        return HR_OK;
    return hr_fail(err, HR_MEMORY,
                   "%" PRId64 " vertices and %" PRId64
                   " edges, each counted twice, are beyond METIS's limit of %" PRId64
                   "; use --method stream, block or random",
                   vertices, graph->edges, (int64_t)IDX_MAX);
}

/* Brings the movies of all edges to rank 0, in order of edges. */
static hr_status gather(const hr_graph *graph, int32_t **movie, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm *comm = &graph->comm;
    int64_t sent[comm->size + 1], received[comm->size + 1];
    sent[0] = 0;
    for (int r = 0; r < comm->size; r++)
        sent[r + 1] = hr_graph_edges_here(graph);
    HR_TRY(hr_exchange_offsets(comm, sent, received, err));
    *movie = comm->rank == 0 ? hr_alloc(graph->edges, sizeof **movie) : NULL;
    if (comm->rank == 0 && !*movie)
        status = hr_fail_memory(err, graph->edges, sizeof **movie, "the edges of all ranks");
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_exchange(comm, graph->user_movie, sent, *movie, received, sizeof **movie, err));
done:
    return status;
}

/* METIS installs its own handlers of SIGTERM and SIGABRT and removes them when done; this restores the
 * caller's. */
static int call_metis(hr_metis_graph *g, idx_t vertices, idx_t parts, idx_t *options, idx_t *owner)
{
    struct sigaction at_terminate, at_abort;
    idx_t constraints = HR_METIS_KINDS, cut = 0;
    sigaction(SIGTERM, NULL, &at_terminate);
    sigaction(SIGABRT, NULL, &at_abort);
    const int result = METIS_PartGraphKway(&vertices, &constraints, g->start, g->neighbour, g->weight, NULL,
                                           NULL, &parts, NULL, NULL, options, &cut, owner);
    sigaction(SIGTERM, &at_terminate, NULL);
    sigaction(SIGABRT, &at_abort, NULL);
    return result;
}

/* METIS says nothing of a part that it leaves empty. */
static hr_status fill(const hr_graph *graph, int32_t parts, const idx_t *weight, int32_t *owner,
                      hr_error *err)
{
    int32_t filled = 0;
    const hr_status status =
        hr_parts_fill(weight, HR_METIS_KINDS, graph->users + graph->movies, parts, owner, &filled, err);
    if (status == HR_OK && filled > 0)
        hr_log(&graph->comm, "METIS left %d of %d parts empty: they received vertices of the heaviest",
               filled, parts);
    return status;
}

_Static_assert(sizeof(idx_t) == sizeof(int32_t), "owners are METIS's own numbers");

/* Frees *movie as soon as it can. */
static hr_status cut_whole(const hr_graph *graph, int32_t **movie, int32_t parts, uint64_t seed,
                           int32_t *owner, hr_error *err)
{
    hr_status status = HR_OK;
    hr_metis_graph g = {0};
    idx_t options[METIS_NOPTIONS];
    HR_TRY(hr_metis_graph_build(&g, graph, *movie ? *movie : graph->user_movie, err));
    free(*movie);
    *movie = NULL;
    METIS_SetDefaultOptions(options);
    options[METIS_OPTION_SEED] = (idx_t)(seed & INT32_MAX);
    options[METIS_OPTION_UFACTOR] = imbalance_permille;
    const int result = call_metis(&g, (idx_t)(graph->users + graph->movies), parts, options, owner);
    if (result != METIS_OK)
        status =
            hr_fail(err, HR_MEMORY, "METIS could not cut %" PRId64 " edges into %d parts (%s)", graph->edges,
                    parts, result == METIS_ERROR_MEMORY ? "out of memory" : "its own error");
    else
        status = fill(graph, parts, g.weight, owner, err);
done:
    hr_metis_graph_free(&g);
    return status;
}

hr_status hr_cut_metis(const hr_graph *graph, int32_t parts, uint64_t seed, int32_t *owner, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm *comm = &graph->comm;
    int32_t *movie = NULL; /* NULL on one rank, which has them all */
    HR_TRY(check_limits(graph, err));
    if (comm->size > 1)
        HR_TRY(gather(graph, &movie, err));
    if (comm->rank == 0)
        status = cut_whole(graph, &movie, parts, seed, owner, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_broadcast(comm, owner, (graph->users + graph->movies) * (int64_t)sizeof *owner, 0, err));
done:
    free(movie);
    return status;
}
