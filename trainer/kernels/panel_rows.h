/* The rows of a panel: loads from row-major matrices, stores to them, and the steps between the layers of
 * linear propagation, which read and write the panel alone. */
#ifndef HR_TRAINER_KERNELS_PANEL_ROWS_H
#define HR_TRAINER_KERNELS_PANEL_ROWS_H

#include "trainer/kernels/edge_sweep.h"
#include "trainer/kernels/sums.h"

/* Where each line's row is in a matrix of [rows x stride]. */
typedef struct hr_panel_rows {
    bool doubles; /* lines are doubles */
    hr_line *user;
    hr_movie_line *movie;
    int64_t users, movies;               /* lines */
    const int32_t *user_row, *movie_row; /* [users], [movies] the row of each line */
    int64_t stride;                      /* of the matrix's rows */
    int64_t columns;                     /* of the panel: those of a line, or fewer */
} hr_panel_rows;

/* Users' lines and movies' x are read from x, which begins at the panel's first column; movies' y become 0.
 *   unit  to which doubles are rounded (simd/rounding.h) */
HR_KERNEL(void, hr_panel_rows_load, (const hr_panel_rows *rows, const float *x, double unit), (rows, x, unit))

/* Users' lines and movies' y are written to the sums from number `first` on, that of the panel's first column
 * in row 0: to doubles where lines are. */
HR_KERNEL(void, hr_panel_rows_store, (const hr_panel_rows *rows, const hr_row_sums *y, int64_t first),
          (rows, y, first))

/* The lines of the owned rows of a panel between the layers of a propagation by Horner's rule. Rows of the
 * matrix are users, then movies, in the order of the lines. */
typedef struct hr_panel_layer {
    bool doubles; /* lines are doubles */
    hr_line *user;
    hr_movie_line *movie;
    int64_t users, rows;     /* owned users, and all owned rows */
    int64_t stride, columns; /* as above */
    const float *scale;      /* [rows] */
    double unit;             /* to which doubles are rounded */
} hr_panel_layer;

/* What the next sweep reads: user and movie x = scale (x + scale sum), where user and movie y are the sums of
 * the last sweep, which the first one has not. Movies' y become 0.
 *   x  [rows x stride] from the panel's first column on */
HR_KERNEL(void, hr_panel_layer_next, (const hr_panel_layer *layer, bool is_first, const float *x),
          (layer, is_first, x))

/* After the last sweep: out = share (x + scale sum).
 *   out  [rows x stride] like x; may be the same */
HR_KERNEL(void, hr_panel_layer_last, (const hr_panel_layer *layer, float share, const float *x, float *out),
          (layer, share, x, out))

#endif
