/* The edge sweep of a panel: the sums over all edges, in both directions, of sixteen columns at a time.
 *
 * For each edge (u, m) of weight w:
 *     user[u] <- sum of w * movie[m].x          movie[m].y += w * user[u] as it was
 *
 * A line is 16 floats, or the bits of 8 doubles, multiples of a unit (simd/rounding.h). */
#ifndef HR_TRAINER_KERNELS_EDGE_SWEEP_H
#define HR_TRAINER_KERNELS_EDGE_SWEEP_H

#include "trainer/simd/dispatch.h"
#include "trainer/simd/line.h"

#include <stdbool.h>
#include <stdint.h>

/* A movie's line: the row that a sweep reads, and the sum that it adds to, 128 bytes side by side. */
typedef struct hr_movie_line {
    hr_line x; /* the movie's row */
    hr_line y; /* its sum */
} hr_movie_line;

/* Edges in the order of their users, and the lines of their ends. */
typedef struct hr_edge_sweep {
    bool doubles;                  /* lines are doubles */
    const int64_t *ptr;            /* [users + 1] offsets of each user's edges */
    const int32_t *edge_movie;     /* [edges] */
    const float *weight;           /* [edges], or NULL: all 1. Whole numbers where lines are doubles */
    hr_line *restrict user;        /* [users] rows, overwritten with sums */
    hr_movie_line *restrict movie; /* [movies] x is read, y added to */
} hr_edge_sweep;

/* Sweeps the edges of users first … end - 1. */
HR_KERNEL(void, hr_edge_sweep_run, (const hr_edge_sweep *sweep, int64_t first, int64_t end),
          (sweep, first, end))

/* A tile is the edges of a block of users with a block of movies. So many users at most: their rows and sums are 512 KB,
 * of the second cache or the third, and fetched ahead. So many movies: their lines are 32 KB, the first cache, and a
 * number in the block is a byte. */
enum { HR_TILE_USERS = 4096, HR_TILE_MOVIES = 256 };

/* Rows and sums are fetched so many runs ahead. */
enum { HR_RUNS_AHEAD = 16 };

/* The edges of one user in a tile. */
typedef struct hr_edge_run {
    uint16_t user;  /* in the block */
    uint16_t edges; /* at least 1 */
} hr_edge_run;

typedef struct hr_edge_tile {
    /* [runs + HR_RUNS_AHEAD] the longest first: a loop's end is then foreseen by the processor. The last ones are
     * those of the next tile, or of any users of a block: they are fetched, not swept */
    const hr_edge_run *run;
    int64_t runs;
    const uint8_t *edge_movie; /* [edges of all runs] number in the block */
} hr_edge_tile;

/* For each edge (u, m) of the tile: sum[u] += movie[m].x and movie[m].y += row[u].
 *   row    [users of the block] is read
 *   sum    [users of the block]
 *   movie  [movies of the block] */
HR_KERNEL(void, hr_edge_tile_sweep,
          (bool doubles, const hr_edge_tile *tile, const hr_line *row, hr_line *sum, hr_movie_line *movie),
          (doubles, tile, row, sum, movie))

/* y of each movie += y of the same movie of another copy of the lines. `doubles` as above. */
HR_KERNEL(void, hr_movie_lines_add,
          (bool doubles, hr_movie_line *to, const hr_movie_line *from, int64_t movies),
          (doubles, to, from, movies))

/* Sweeps of a panel by N'N, N being a weighted matrix of users by movies: from movies to users and back, user by user, so that
 * a user's movies are still in the first cache when their sums grow. For each user u, of factor w:
 *
 *     sum = sum over the user's movies of movie[m].x          movie[m].y += w[u] sum
 *
 * What stands between two sweeps is done by hr_gram_lines_next. Nothing is fused: results have the same bits on every
 * instruction set. */
typedef struct hr_gram_sweep {
    const int64_t *ptr;            /* [users + 1] offsets of each user's edges */
    const int32_t *edge_movie;     /* [edges] */
    const float *factor;           /* [users] w */
    hr_movie_line *restrict movie; /* [movies] x is read, y added to */
} hr_gram_sweep;

/* Sweeps the edges of users first … end - 1, of `edges` in all. */
HR_KERNEL(void, hr_gram_sweep_run, (const hr_gram_sweep *sweep, int64_t first, int64_t end, int64_t edges),
          (sweep, first, end, edges))

/* For each movie: value = base + (scale factor) y; then x = factor value and y = 0.
 *   factor  [movies]
 *   base    [movies]
 *   to      [movies] receives the values; base, or NULL: they are not wanted */
HR_KERNEL(void, hr_gram_lines_next,
          (hr_movie_line * movie, const float *factor, float scale, const hr_line *base, hr_line *to,
           int64_t movies),
          (movie, factor, scale, base, to, movies))

#endif
