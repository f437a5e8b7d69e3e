/* A file with the picture or the data of a neighbourhood. */
#ifndef HR_TRAINER_NEIGHBOURHOOD_GRAPH_FILE_H
#define HR_TRAINER_NEIGHBOURHOOD_GRAPH_FILE_H

#include "io/base/error.h"
#include "io/hdf5/output_kind.h"
#include "trainer/neighbourhood/graph_formats.h"

typedef enum hr_graph_format {
    HR_GRAPH_SVG,
    HR_GRAPH_DOT,
    HR_GRAPH_GRAPHML,
    HR_GRAPH_JSON,
    HR_GRAPH_FORMATS
} hr_graph_format;

/* The format that the end of the name says: .svg, .dot or .gv, .graphml, .json. HR_USAGE for another one, and for a picture
 * where there is no dot. */
hr_status hr_graph_format_of(const char *path, hr_graph_format *format, hr_error *err);

/* Draws the graph as SVG into an open file, which is called `path` in messages; no pipe, as dot writes it by its descriptor.
 * The errors of hr_graph_file_write. */
hr_status hr_graph_draw(const hr_named_graph *graph, FILE *out, const char *path, hr_error *err);

/* How files of each format are told from others'. */
extern const hr_output_marks hr_graph_marks[HR_GRAPH_FORMATS];

/* Writes the file under a temporary name and renames it. HR_USAGE for pictures of more than 2,000 vertices; HR_IO, HR_MEMORY. */
hr_status hr_graph_file_write(const hr_named_graph *graph, hr_graph_format format, const char *path,
                              hr_error *err);

#endif
