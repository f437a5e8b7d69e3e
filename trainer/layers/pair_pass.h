/* The edge pass of least squares: for each vertex of one side, with its row x and its neighbours' rows y, a sum over
 * its edges of what hr_pair_terms names, the products of conjugate gradients with a matrix that is never stored
 * (kernels/pair_products.h).
 *
 * A score x . y needs all columns, and a sum of rows needs the score. Where rows are longer than
 * HR_PAIR_MOST_LINES lines, columns are taken in pieces, so that the rows in use stay in the cache: first scores,
 * piece by piece, then sums, the last piece for both at once. A vertex's own row and sum stay in registers. Its neighbours' rows come from the cache:
 * for users, those of the popular movies, which most edges lead to; for movies, users are taken in blocks
 * (movie_edges.h). */
#ifndef HR_TRAINER_LAYERS_PAIR_PASS_H
#define HR_TRAINER_LAYERS_PAIR_PASS_H

#include "io/base/error.h"
#include "partition/halo/shard.h"
#include "trainer/layers/movie_edges.h"
#include "trainer/numerics/row_sums.h"
#include "trainer/simd/line.h"

#include <stdbool.h>
#include <stdint.h>

/* What an edge adds to the sum of its vertex. */
typedef enum hr_pair_terms {
    HR_PAIR_PRODUCTS,  /* (x . y) y, a row */
    HR_PAIR_RESIDUALS, /* (value - x . y) y, a row */
    HR_PAIR_SQUARES    /* (x . y)^2, a number */
} hr_pair_terms;

/* Zero-initialise; free with hr_pair_pass_free. */
typedef struct hr_pair_pass {
    const hr_shard *shard;
    int64_t dim;         /* columns of a row */
    int lines;           /* of a piece; the last one may have fewer */
    int pieces;          /* of a row */
    const float *value;  /* [edges] in the shard's order; NULL where all are 1 */
    double error_unit;   /* hr_sum_unit of the error; the caller sets it before a pass */
    int threads;         /* that users are divided among */
    int64_t *first_user; /* [threads + 1] slots of each thread's users, which have equally many edges */
    hr_movie_edges by_movie;
    float *score;    /* [edges] of the pass, by user or by movie; NULL where a row is one piece */
    hr_row_sums sum; /* [threads x movie_slots x lines] of a piece of movies' sums, by each thread */
    hr_line *movie;  /* [movie_slots x lines] a piece of movies' rows, by slot */
    hr_line *user;   /* [threads x by_movie.most_users x lines] a piece of the rows of a block of users */
    double *error;   /* [threads] sum of squared (value - x . y) in the last pass of residuals */
} hr_pair_pass;

/* Rows have dim columns, a multiple of HR_LANES. The shard and the values must outlive it. Local. HR_MEMORY. */
hr_status hr_pair_pass_create(hr_pair_pass *pass, const hr_shard *shard, int64_t dim, const float *value,
                              hr_summation how, hr_error *err);
void hr_pair_pass_free(hr_pair_pass *pass);

/* For all users or all movies.
 *   x, y  (owned + ghosts) x dim; x is read at rows of the side, y at rows of the other
 *   to    (owned + ghosts) x dim, or (owned + ghosts) numbers, written at rows of the side; with its unit set
 * Local. */
void hr_pair_pass_users(hr_pair_pass *pass, hr_pair_terms terms, const float *x, const float *y,
                        const hr_row_sums *to);
void hr_pair_pass_movies(hr_pair_pass *pass, hr_pair_terms terms, const float *x, const float *y,
                         const hr_row_sums *to);

/* The sum of squared (value - x . y) over the edges here, of the last pass of residuals. Local. */
double hr_pair_pass_error(const hr_pair_pass *pass);

#endif
