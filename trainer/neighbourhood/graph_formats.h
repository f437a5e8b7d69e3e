/* A neighbourhood as DOT, GraphML or JSON. */
#ifndef HR_TRAINER_NEIGHBOURHOOD_GRAPH_FORMATS_H
#define HR_TRAINER_NEIGHBOURHOOD_GRAPH_FORMATS_H

#include "io/base/strings.h"
#include "trainer/neighbourhood/neighbourhood.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

/* A neighbourhood with its names. */
typedef struct hr_named_graph {
    const hr_neighbourhood *near;
    const hr_strings *id, *name; /* [vertices] original ids; titles, or "user ID" */
    bool has_messages;           /* whether edges carry something */
} hr_named_graph;

/* What files begin with. */
#define HR_DOT_HEAD "graph neighbourhood {\n"
#define HR_GRAPHML_HEAD                                                                                      \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                                                           \
    "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"

/* Writes the graph. An edge's width is from 0.5 to 6, by what it carries, or else by its weight. Local; whether the file took
 * it is for ferror to say.
 *   dot      an undirected graph for Graphviz: https://graphviz.org/doc/info/lang.html
 *   graphml  http://graphml.graphdrawing.org/specification.html, with id, kind, name, hops of nodes; weight, rating, carries
 *            of edges */
void hr_graph_write_dot(const hr_named_graph *graph, FILE *out);
void hr_graph_write_graphml(const hr_named_graph *graph, FILE *out);

/* An object: nodes, a list of id, kind ("user", "movie"), name, hops; edges, a list of source, target (numbers of nodes, from
 * 0), weight, rating and, where they carry something, carries. To be checked as io/base/json.h
 * says. */
json_t *hr_graph_json(const hr_named_graph *graph);

#endif
