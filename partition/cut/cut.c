#include "partition/cut/cut.h"

#include "io/base/philox.h"
#include "partition/cut/metis.h"
#include "partition/cut/stream.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

const char *const hr_cut_names[] = {
    [HR_CUT_METIS] = "metis",   [HR_CUT_BLOCK] = "block", [HR_CUT_RANDOM] = "random",
    [HR_CUT_STREAM] = "stream", [HR_CUT_AUTO] = "auto",   NULL};

hr_cut_method hr_cut_resolve(hr_cut_method method, int64_t edges)
{
    if (method != HR_CUT_AUTO)
        return method;
    return edges <= HR_METIS_EDGES ? HR_CUT_METIS : HR_CUT_STREAM;
}

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
        const int64_t degree = graph->degree[v];
        const int32_t part = (int32_t)((double)(before + degree / 2) / (double)graph->edges * parts);
        owner[v] = part < parts ? part : parts - 1;
        before += degree;
    }
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
    if (parts == 1)
        return HR_OK;
    switch (hr_cut_resolve(method, graph->edges)) {
    case HR_CUT_METIS:
        return hr_cut_metis(graph, parts, seed, owner, err);
    case HR_CUT_BLOCK:
        cut_blocks(graph, 0, graph->users, parts, owner);
        cut_blocks(graph, graph->users, vertices, parts, owner);
        return HR_OK;
    case HR_CUT_RANDOM:
        cut_random(vertices, parts, seed, owner);
        return HR_OK;
    default:
        return hr_cut_stream(graph, parts, seed, owner, err);
    }
}
