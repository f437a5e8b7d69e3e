#include "trainer/neighbourhood/graph_formats.h"

#include "io/base/json.h"
#include "io/base/utf8.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* Writes text between quotes of DOT, or as content of XML, control characters escaped. */
static void write_text(const char *text, bool xml, FILE *out)
{
    char shown[HR_ESCAPED_LENGTH];
    for (const char *c = hr_escape(shown, sizeof shown, text, (int64_t)strlen(text)); *c; c++)
        if (xml && *c == '&')
            fputs("&amp;", out);
        else if (xml && *c == '<')
            fputs("&lt;", out);
        else if (xml && *c == '>')
            fputs("&gt;", out);
        else if (!xml && (*c == '"' || *c == '\\'))
            fprintf(out, "\\%c", *c);
        else
            fputc(*c, out);
}

static double strength(const hr_named_graph *graph, const hr_near_edge *edge)
{
    return graph->has_messages ? edge->carries : edge->weight;
}

/* Width of an edge's line, in points. */
static double width(const hr_named_graph *graph, const hr_near_edge *edge, double strongest)
{
    return strongest > 0.0 ? 0.5 + 5.5 * strength(graph, edge) / strongest : 1.0;
}

static double strongest_of(const hr_named_graph *graph)
{
    double most = 0.0;
    for (int64_t e = 0; e < graph->near->edges; e++)
        most = fmax(most, strength(graph, &graph->near->edge[e]));
    return most;
}

void hr_graph_write_dot(const hr_named_graph *graph, FILE *out)
{
    const hr_neighbourhood *near = graph->near;
    const double strongest = strongest_of(graph);
    fputs(HR_DOT_HEAD
          "  graph [layout=neato, overlap=prism, splines=line, bgcolor=white, outputorder=edgesfirst];\n"
          "  node [fontname=\"Helvetica\", fontsize=11, style=filled, color=\"#444444\"];\n"
          "  edge [color=\"#7f8c99\"];\n",
          out);
    for (int64_t v = 0; v < near->vertices; v++) {
        const hr_near_vertex *vertex = &near->vertex[v];
        fprintf(out, "  n%" PRId64 " [shape=%s, fillcolor=\"%s\", penwidth=%d, label=\"", v,
                vertex->is_movie ? "box" : "ellipse", vertex->is_movie ? "#fde7b0" : "#cfe3f7",
                v == 0 ? 3 : 1);
        write_text(hr_strings_at(graph->name, v), false, out);
        fputs("\"];\n", out);
    }
    for (int64_t e = 0; e < near->edges; e++) {
        const hr_near_edge *edge = &near->edge[e];
        fprintf(out, "  n%" PRId64 " -- n%" PRId64 " [penwidth=%.2f, weight=%.6g];\n", edge->from, edge->to,
                width(graph, edge, strongest), edge->weight);
    }
    fputs("}\n", out);
}

static const char *kind_of(const hr_near_vertex *vertex)
{
    return vertex->is_movie ? "movie" : "user";
}

static void write_node(const hr_named_graph *graph, int64_t v, FILE *out)
{
    const hr_near_vertex *vertex = &graph->near->vertex[v];
    fprintf(out, "    <node id=\"n%" PRId64 "\"><data key=\"id\">", v);
    write_text(hr_strings_at(graph->id, v), true, out);
    fprintf(out, "</data><data key=\"kind\">%s</data><data key=\"name\">", kind_of(vertex));
    write_text(hr_strings_at(graph->name, v), true, out);
    fprintf(out, "</data><data key=\"hops\">%" PRId64 "</data></node>\n", vertex->hops);
}

void hr_graph_write_graphml(const hr_named_graph *graph, FILE *out)
{
    static const char *const keys[][3] = {{"node", "id", "string"},     {"node", "kind", "string"},
                                          {"node", "name", "string"},   {"node", "hops", "long"},
                                          {"edge", "weight", "double"}, {"edge", "rating", "double"},
                                          {"edge", "carries", "double"}};
    const hr_neighbourhood *near = graph->near;
    fputs(HR_GRAPHML_HEAD, out);
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
        fprintf(out, "  <key id=\"%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n", keys[k][1],
                keys[k][0], keys[k][1], keys[k][2]);
    fputs("  <graph edgedefault=\"undirected\">\n", out);
    for (int64_t v = 0; v < near->vertices; v++)
        write_node(graph, v, out);
    for (int64_t e = 0; e < near->edges; e++) {
        const hr_near_edge *edge = &near->edge[e];
        fprintf(out,
                "    <edge source=\"n%" PRId64 "\" target=\"n%" PRId64
                "\"><data key=\"weight\">%.9g</data><data key=\"rating\">%.9g</data>",
                edge->from, edge->to, edge->weight, (double)edge->rating);
        if (graph->has_messages)
            fprintf(out, "<data key=\"carries\">%.9g</data>", edge->carries);
        fputs("</edge>\n", out);
    }
    fputs("  </graph>\n</graphml>\n", out);
}

static json_t *nodes_json(const hr_named_graph *graph)
{
    json_t *list = json_array();
    for (int64_t v = 0; v < graph->near->vertices; v++) {
        const hr_near_vertex *vertex = &graph->near->vertex[v];
        json_array_append_new(
            list, json_pack("{s:o, s:s, s:o, s:I}", "id", hr_json_string(hr_strings_at(graph->id, v)), "kind",
                            kind_of(vertex), "name", hr_json_string(hr_strings_at(graph->name, v)), "hops",
                            (json_int_t)vertex->hops));
    }
    return list;
}

static json_t *edges_json(const hr_named_graph *graph)
{
    json_t *list = json_array();
    for (int64_t e = 0; e < graph->near->edges; e++) {
        const hr_near_edge *edge = &graph->near->edge[e];
        json_t *object =
            json_pack("{s:I, s:I, s:f, s:f}", "source", (json_int_t)edge->from, "target",
                      (json_int_t)edge->to, "weight", edge->weight, "rating", (double)edge->rating);
        if (graph->has_messages)
            json_object_set_new(object, "carries", json_real(edge->carries));
        json_array_append_new(list, object);
    }
    return list;
}

json_t *hr_graph_json(const hr_named_graph *graph)
{
    return json_pack("{s:o, s:o}", "nodes", nodes_json(graph), "edges", edges_json(graph));
}
