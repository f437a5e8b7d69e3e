/* Ranks as a grid of P parts of the graph times C groups of columns.
 *
 * Models that never mix columns (linear propagation, matrix factorisation) can divide columns as well as
 * vertices: a rank holds dim / C columns of one of P parts. Halo rows are exchanged within a column group
 * only and have dim / C floats. Between the groups of a part only scores are exchanged, which are sums over
 * columns. In return each group holds the part's edges once more.
 *
 * Rank r has part r / C and column group r % C. In a grid of P x 1 each rank has a part, with whole rows. */
#ifndef HR_PARTITION_PLAN_GRID_H
#define HR_PARTITION_PLAN_GRID_H

#include "io/base/error.h"
#include "io/comm/comm.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct hr_grid_shape {
    int32_t parts, groups;
} hr_grid_shape;

/* Reads "PxC". HR_USAGE, naming the option, where it is not that, or not `ranks` ranks together. */
hr_status hr_grid_shape_parse(const char *text, int32_t ranks, hr_grid_shape *shape, hr_error *err);

/* Zero-initialise; free with hr_grid_free. */
typedef struct hr_grid {
    hr_comm world;                 /* all ranks */
    hr_comm parts;                 /* ranks with the same columns; a rank's number there is its part */
    hr_comm groups;                /* ranks with the same part; a rank's number there is its column group */
    int64_t dim;                   /* columns of whole rows */
    int64_t first_column, columns; /* this rank's */
} hr_grid;

/* Makes the grid's communicators.
 *   world  all ranks; must outlive the grid
 *   dim    columns of whole rows
 *
 * Collective; all ranks return the same status. HR_USAGE where world does not have shape.parts x shape.groups
 * ranks, or shape.groups > dim; HR_COMM. */
hr_status hr_grid_create(hr_grid *grid, const hr_comm *world, hr_grid_shape shape, int64_t dim,
                         hr_error *err);
/* Collective over world. Zero-initialised is fine. */
void hr_grid_free(hr_grid *grid);

/* Whether the communicators form a grid, this rank has the part and group of its number, and its columns are
 * its share of dim. For assertions. */
bool hr_grid_is_valid(const hr_grid *grid);

/* This rank's share of the `rows` rows of its part in the transposition below: the first row, and how many.
 * Local. */
int64_t hr_grid_first_row(const hr_grid *grid, int64_t rows);
int64_t hr_grid_rows(const hr_grid *grid, int64_t rows);

/* Transposes between groups: from this rank's columns of all rows of its part to all columns of its share of
 * the rows.
 *   mine   [rows x columns]
 *   whole  [hr_grid_rows(grid, rows) x dim] overwritten
 *
 * Collective over groups. HR_COMM. */
hr_status hr_grid_to_rows(const hr_grid *grid, int64_t rows, const float *mine, float *whole, hr_error *err);

/* The inverse: mine is overwritten. Collective over groups. HR_COMM. */
hr_status hr_grid_to_columns(const hr_grid *grid, int64_t rows, const float *whole, float *mine,
                             hr_error *err);

#endif
