/* Panels: sixteen columns of a matrix's rows, stored as the edge sweep reads them.
 *
 *     user    +-------------------+        movie   +-------------------+-------------------+
 *     line 0  | 16 columns of u0  |        line 0  | x: columns of m0  | y: its sum        |
 *          1  | 16 columns of u1  |             1  | x: columns of m1  | y: its sum        |
 *          2  | ...               |             2  | ...               | ...               |
 *             +-------------------+                +-------------------+-------------------+
 *              64 bytes: 16 floats,                 64 bytes            64 bytes
 *              or 8 doubles
 *
 * There is a user line for each user slot of the shard (shard.h) and a movie line for each movie slot. A
 * sweep goes through the edges tile by tile (tiled_edges.h), or user by user where tiles have too few edges of a
 * user: user lines stream, movie lines are accessed at random. One read of an edge serves both its directions. The
 * sum of a user replaces its row. A movie's row and sum are side by side, so that the movie lines are few bytes
 * and stay in the cache.
 *
 * Columns are independent: threads take panels and share nothing. Where there are more threads than panels,
 * users are divided into groups of equally many edges, each with a copy of the movie lines, which are summed
 * at the end; only then do sums of floats depend on the number of threads.
 *
 * Where sums are reproducible (numerics/summation.h) lines are 8 doubles, multiples of one unit, whose sums
 * are the same in any order. */
#ifndef HR_TRAINER_PROPAGATION_PANEL_H
#define HR_TRAINER_PROPAGATION_PANEL_H

#include "io/base/error.h"
#include "partition/halo/shard.h"
#include "trainer/kernels/edge_sweep.h"
#include "trainer/numerics/summation.h"
#include "trainer/propagation/tiled_edges.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A line, hr_line, is 16 floats, or the bits of 8 doubles. */
typedef struct hr_panel {
    hr_line *user;        /* [user_slots] rows; after a sweep, sums */
    hr_movie_line *movie; /* [groups x movie_slots]; group 0 has the rows and, after a sweep, the sums */
    hr_line *sums;        /* [groups x HR_TILE_USERS] where edges are tiled, to work with */
} hr_panel;

/* The panels of a matrix of `cols` columns. Zero-initialise; free with hr_panels_free. */
typedef struct hr_panels {
    const hr_shard *shard;
    bool doubles;         /* lines are doubles */
    int64_t cols, lanes;  /* columns of the matrix, of a line */
    int count;            /* panels: cols / lanes, rounded up */
    int groups;           /* of users */
    hr_panel *panel;      /* [count] */
    int64_t *first_user;  /* [2 x groups + 1] user slots of each half of each group */
    bool is_tiled;        /* whether sweeps without weights go by tiles */
    hr_tiled_edges tiled; /* by the halves of the groups */
} hr_panels;

/* Makes panels for matrices of `cols` columns, for as many threads as OpenMP has now. The shard must outlive
 * them. Local. HR_MEMORY. */
hr_status hr_panels_create(hr_panels *panels, const hr_shard *shard, int64_t cols, hr_summation how,
                           hr_error *err);
void hr_panels_free(hr_panels *panels);

/* The edge sweep (kernels/edge_sweep.h) of panels first … first + count - 1. For each local edge (u, m) of
 * weight w:
 *     user[u] <- sum of w * movie[m].x          movie[m].y += w * user[u] as it was
 *   weight  [edges] in the shard's order, or NULL: all 1; whole numbers where lines are doubles, so that sums
 *           stay multiples of the unit
 * Threads may call it for different panels. Local; cannot fail. */
void hr_panels_sweep(hr_panels *panels, int first, int count, const float *weight);

/* The same without weights in two calls, of half the edges each: the caller may communicate in between. */
typedef enum hr_sweep_half { HR_SWEEP_FIRST, HR_SWEEP_SECOND } hr_sweep_half;
void hr_panels_sweep_half(hr_panels *panels, int first, int count, hr_sweep_half half);

/* Columns of a panel: as many as a line has, or fewer in the last one. */
static inline int64_t hr_panel_cols(const hr_panels *panels, int panel)
{
    const int64_t left = panels->cols - panel * panels->lanes;
    return left < panels->lanes ? left : panels->lanes;
}

/* Bytes of a panel's lines that are columns. */
static inline size_t hr_panel_line_bytes(const hr_panels *panels, int panel)
{
    return (size_t)hr_panel_cols(panels, panel) * (panels->doubles ? sizeof(double) : sizeof(float));
}

#endif
