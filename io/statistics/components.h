/* Connected components of the graph of ratings, by union-find (Tarjan 1975; paths are halved, the smaller tree goes below the
 * larger one). Memory is two numbers a vertex, whatever the ratings. */
#ifndef HR_IO_STATISTICS_COMPONENTS_H
#define HR_IO_STATISTICS_COMPONENTS_H

#include "io/base/error.h"

#include <stdint.h>

/* Zero-initialise; free with hr_components_free. */
typedef struct hr_components {
    int64_t vertices;
    int64_t *parent; /* [vertices] a root is its own */
    int64_t *size;   /* [vertices] of a root: vertices below it, itself included */
} hr_components;

/* Each vertex is a component. HR_MEMORY. */
hr_status hr_components_create(hr_components *c, int64_t vertices, hr_error *err);
void hr_components_free(hr_components *c);

/* Joins the components of two vertices. */
void hr_components_join(hr_components *c, int64_t a, int64_t b);

/* The vertex that stands for a vertex's component. */
int64_t hr_components_root(hr_components *c, int64_t vertex);

#endif
