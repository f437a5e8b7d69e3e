#include "trainer/neighbourhood/graph_file.h"

#include "io/base/durable.h"
#include "io/base/json.h"
#include "trainer/neighbourhood/graphviz.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_DRAWN = 2000 };

const hr_output_marks hr_graph_marks[HR_GRAPH_FORMATS] = {
    [HR_GRAPH_SVG] = {.what = "a picture of halorec graph",
                      .begins = {"<?xml"},
                      .holds = "<!-- Title: neighbourhood "},
    [HR_GRAPH_DOT] = {.what = "a graph of halorec graph", .begins = {HR_DOT_HEAD}},
    [HR_GRAPH_GRAPHML] = {.what = "a graph of halorec graph",
                          .begins = {HR_GRAPHML_HEAD},
                          .holds = "<key id=\"hops\" for=\"node\""},
    [HR_GRAPH_JSON] = {
        .what = "a graph of halorec graph", .begins = {"{\"nodes\": ["}, .holds = "\"hops\": "}};

hr_status hr_graph_format_of(const char *path, hr_graph_format *format, hr_error *err)
{
    static const struct {
        const char *end;
        hr_graph_format format;
    } known[] = {{".svg", HR_GRAPH_SVG},
                 {".dot", HR_GRAPH_DOT},
                 {".gv", HR_GRAPH_DOT},
                 {".graphml", HR_GRAPH_GRAPHML},
                 {".json", HR_GRAPH_JSON}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const size_t length = strlen(path), end = strlen(known[i].end);
        if (length <= end || strcmp(path + length - end, known[i].end) != 0)
            continue;
        *format = known[i].format;
        return *format == HR_GRAPH_SVG ? hr_graphviz_check(err) : HR_OK;
    }
    return hr_fail(err, HR_USAGE,
                   "--out %s: expected a name that ends with .svg, .dot, .gv, .graphml or .json", path);
}

hr_status hr_graph_draw(const hr_named_graph *graph, FILE *out, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    FILE *script = NULL;
    if (graph->near->vertices > MOST_DRAWN)
        HR_TRY(hr_fail(err, HR_USAGE,
                       "%s: a picture of %" PRId64
                       " users and movies would be black; up to %d are drawn: give a "
                       "smaller --hops or --limit, or a .graphml for a program that zooms",
                       path, graph->near->vertices, MOST_DRAWN));
    script = tmpfile();
    if (!script)
        HR_TRY(hr_fail(err, HR_IO, "a temporary file cannot be made: %s", strerror(errno)));
    hr_graph_write_dot(graph, script);
    HR_TRY(hr_graphviz_draw(script, out, path, err));
done:
    if (script)
        fclose(script);
    return status;
}

static hr_status write_json(const hr_named_graph *graph, FILE *out, hr_error *err)
{
    json_t *object = hr_graph_json(graph);
    const hr_status status = hr_json_print(object, "the graph", out, err);
    json_decref(object);
    return status;
}

static hr_status write_format(const hr_named_graph *graph, hr_graph_format format, FILE *out,
                              const char *path, hr_error *err)
{
    if (format == HR_GRAPH_SVG)
        return hr_graph_draw(graph, out, path, err);
    if (format == HR_GRAPH_JSON)
        return write_json(graph, out, err);
    if (format == HR_GRAPH_DOT)
        hr_graph_write_dot(graph, out);
    else
        hr_graph_write_graphml(graph, out);
    return HR_OK;
}

hr_status hr_graph_file_write(const hr_named_graph *graph, hr_graph_format format, const char *path,
                              hr_error *err)
{
    hr_status status = HR_OK;
    char *temporary = NULL;
    FILE *out = NULL;
    HR_TRY(hr_temporary_name(path, &temporary, err));
    out = fopen(temporary, "w");
    if (!out)
        HR_TRY(hr_fail(err, HR_IO, "%s: cannot be written: %s", temporary, strerror(errno)));
    HR_TRY(write_format(graph, format, out, path, err));
    if (ferror(out) || fflush(out) != 0)
        HR_TRY(hr_fail(err, HR_IO, "%s: cannot be written: %s", temporary, strerror(errno)));
    HR_TRY(hr_publish(temporary, path, err));
done:
    if (out) {
        fclose(out);
        if (status != HR_OK)
            unlink(temporary);
    }
    free(temporary);
    return status;
}
