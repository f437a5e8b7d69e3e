/* Ranks as a grid: parts of the graph times groups of columns.
 *
 * Where a model never mixes columns (linear propagation, matrix factorisation), a rank can hold some columns
 * of one of fewer, larger parts. Halo rows then go between the parts of one column group only, shorter ones;
 * between the groups of one part nothing but scores, which are sums over columns. The price is that edges are
 * held once for each group.
 *
 * Rank r of P x C has part r / C and column group r % C. P x 1 is a rank a part, with whole rows. */
#ifndef HR_PARTITION_PLAN_GRID_H
#define HR_PARTITION_PLAN_GRID_H

#include "io/base/error.h"
#include "io/comm/comm.h"

#include <stdint.h>

typedef struct hr_grid_shape {
    int32_t parts, groups;
} hr_grid_shape;

/* Reads "PxC". HR_USAGE, naming the option, where it is not that, or not `ranks` ranks together. */
hr_status hr_grid_shape_parse(const char *text, int32_t ranks, hr_grid_shape *shape, hr_error *err);

/* Zero-initialise; free with hr_grid_free. */
typedef struct hr_grid {
    hr_comm world;                 /* all ranks */
    hr_comm parts;                 /* those with the same columns: a rank's number there is its part */
    hr_comm groups;                /* those with the same part: a rank's number there is its column group */
    int64_t dim;                   /* columns of whole rows */
    int64_t first_column, columns; /* this rank's */
} hr_grid;

/* Splits the ranks of world. Collective; all ranks return the same status. HR_USAGE where the ranks are not
 * shape.parts x shape.groups, or there are more groups than columns; HR_COMM. */
hr_status hr_grid_create(hr_grid *grid, const hr_comm *world, hr_grid_shape shape, int64_t dim,
                         hr_error *err);
void hr_grid_free(hr_grid *grid);

/* The rows of its part, of `rows`, that a rank holds whole where columns are turned into rows: the first, and
 * how many. */
int64_t hr_grid_first_row(const hr_grid *grid, int64_t rows);
int64_t hr_grid_rows(const hr_grid *grid, int64_t rows);

/* Turns this rank's columns of all rows of its part into all columns of its share of the rows.
 *   mine   rows x columns floats
 *   whole  hr_grid_rows x dim floats, overwritten
 * Collective over groups. HR_COMM. */
hr_status hr_grid_to_rows(const hr_grid *grid, int64_t rows, const float *mine, float *whole, hr_error *err);

/* The way back. Collective over groups. HR_COMM. */
hr_status hr_grid_to_columns(const hr_grid *grid, int64_t rows, const float *whole, float *mine,
                             hr_error *err);

#endif
