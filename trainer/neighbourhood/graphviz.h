/* The program dot of Graphviz, which draws graphs. */
#ifndef HR_TRAINER_NEIGHBOURHOOD_GRAPHVIZ_H
#define HR_TRAINER_NEIGHBOURHOOD_GRAPHVIZ_H

#include "io/base/error.h"

#include <stdio.h>

/* Whether there is a dot to draw with. HR_USAGE, saying how to get one, where there is none. */
hr_status hr_graphviz_check(hr_error *err);

/* Lets dot write a graph of the DOT language, which it reads from its beginning, as SVG into the file `out`, which is called
 * `path` in messages. HR_USAGE where there is no dot; HR_IO, also where dot fails. */
hr_status hr_graphviz_draw(FILE *graph, FILE *out, const char *path, hr_error *err);

#endif
