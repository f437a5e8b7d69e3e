/* Panels: rows of floats as the edge pass wants them, sixteen columns (a cache line) at a time.
 *
 * A panel holds 16 columns of all rows of a shard. The pass walks its edges user by user: a user's row
 * streams, movies are met at random, both ends of an edge are served by one read of its index. A movie's line
 * has what is read beside what is added to, so that a panel's movie side is as small as can be and stays in
 * the cache.
 *
 * Columns never meet: threads take panels, and share nothing. Where there are more threads than panels, users
 * are cut into groups, even in edges, each with movie lines of its own that are summed when all are done;
 * only then do sums of floats depend on the number of threads.
 *
 * Exact panels hold doubles instead, eight columns a line, which come out the same in any order where they
 * are multiples of one unit (exact.h). */
#ifndef HR_TRAINER_PROPAGATION_PANEL_H
#define HR_TRAINER_PROPAGATION_PANEL_H

#include "io/base/error.h"
#include "partition/halo/shard.h"
#include "trainer/kernels/simd.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct hr_movie_line {
    hr_f32x16 x; /* the movie's row */
    hr_f32x16 y; /* its sum */
} hr_movie_line;

/* A line, hr_f32x16, is 16 floats, or the bits of 8 doubles in exact panels. */
typedef struct hr_panel {
    hr_f32x16 *user;      /* [user_slots] rows; after a pass, sums */
    hr_movie_line *movie; /* [groups x movie_slots]; group 0 has the rows and, after a pass, the sums */
} hr_panel;

/* The panels of a matrix of `cols` columns. Zero-initialise; free with hr_panels_free. */
typedef struct hr_panels {
    const hr_shard *shard;
    bool exact;
    int64_t cols, lanes;  /* columns of the matrix, of a line */
    int count;            /* panels: cols / lanes, rounded up */
    int groups;           /* of users */
    hr_panel *panel;      /* [count] */
    int64_t *first_user;  /* [2 x groups + 1] user slots of each half of each group */
    uint16_t *edge_movie; /* [edges] the shard's in half the bytes; NULL where it has too many movies */
} hr_panels;

/* Makes panels for matrices of `cols` columns, for as many threads as OpenMP has now. The shard must outlive
 * them. Local. HR_MEMORY. */
hr_status hr_panels_create(hr_panels *panels, const hr_shard *shard, int64_t cols, bool exact, hr_error *err);
void hr_panels_free(hr_panels *panels);

/* The edge pass on panels first … first + count - 1. For each local edge (u, m) of weight w:
 *     user[u] <- sum of w * movie[m].x          movie[m].y += w * user[u] as it was
 *   weight  [edges] in the shard's order, or NULL: all 1; in exact panels whole numbers, for the unit's sake
 * Threads of a team may each walk panels of their own. Local; cannot fail. */
void hr_panels_sweep(hr_panels *panels, int first, int count, const float *weight);

/* The same without weights in two calls, of half the edges each, for who has something to do in between. */
typedef enum hr_sweep_half { HR_SWEEP_FIRST, HR_SWEEP_SECOND } hr_sweep_half;
void hr_panels_sweep_half(hr_panels *panels, int first, int count, hr_sweep_half half);

/* a += b, lines. */
static inline __attribute__((always_inline)) void hr_line_add(bool exact, hr_f32x16 *a, const hr_f32x16 *b)
{
    if (exact)
        *a = (hr_f32x16)((hr_f64x8)*a + (hr_f64x8)*b);
    else
        *a += *b;
}

/* Columns of a panel: as many as a line has, or fewer in the last one. */
static inline int64_t hr_panel_cols(const hr_panels *panels, int panel)
{
    const int64_t left = panels->cols - panel * panels->lanes;
    return left < panels->lanes ? left : panels->lanes;
}

#endif
