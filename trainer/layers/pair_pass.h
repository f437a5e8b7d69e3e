/* The edge pass of least squares: for each vertex of one side, with its row x and its neighbours' rows y,
 *     sum over its edges of (x . y) y,    or    sum over its edges of (value - x . y) y,
 * the product of conjugate gradients with a matrix that is never stored (kernels/pair_products.h). A score
 * needs all columns at once, so rows are whole, in lines of 16 floats. A vertex's own row and sum stay in
 * registers. Its neighbours' rows come from the cache: for users, those of the popular movies, which most
 * edges lead to; for movies, users are taken in blocks (movie_edges.h).
 *
 * Reproducible sums (numerics/summation.h) are doubles: a sum has twice as many lines as a row, of 8 doubles
 * each. */
#ifndef HR_TRAINER_LAYERS_PAIR_PASS_H
#define HR_TRAINER_LAYERS_PAIR_PASS_H

#include "io/base/error.h"
#include "partition/halo/shard.h"
#include "trainer/layers/movie_edges.h"
#include "trainer/numerics/summation.h"
#include "trainer/simd/line.h"

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise; free with hr_pair_pass_free. */
typedef struct hr_pair_pass {
    const hr_shard *shard;
    int lines;           /* of a row */
    bool doubles;        /* sums are doubles */
    int sum_lines;       /* of a sum: those of a row, or twice as many of doubles */
    double unit;         /* hr_sum_unit of the sums; the caller sets it before a pass */
    double error_unit;   /* hr_sum_unit of the error, likewise */
    const float *value;  /* [edges] in the shard's order; NULL where all are 1 */
    int threads;         /* that users are divided among */
    int64_t *first_user; /* [threads + 1] slots of each thread's users, which have equally many edges */
    hr_movie_edges by_movie;
    hr_line *sum;   /* [threads x movie_slots x sum_lines] of movies, by each thread */
    hr_line *movie; /* [movie_slots x lines] rows of movies, by slot */
    double *error;  /* [threads] sum of squared (value - x . y) in the last pass by values */
} hr_pair_pass;

/* Rows have lines x 16 columns. The shard and the values must outlive it. Local. HR_MEMORY. */
hr_status hr_pair_pass_create(hr_pair_pass *pass, const hr_shard *shard, int lines, const float *value,
                              hr_summation how, hr_error *err);
void hr_pair_pass_free(hr_pair_pass *pass);

/* For all users or all movies.
 *   by_value  the sum is of (value - x . y) y
 *   x, y      (owned + ghosts) x lines; x is read at rows of the side, y at rows of the other
 *   sum       (owned + ghosts) x sum_lines, written at rows of the side
 * Local. */
void hr_pair_pass_users(const hr_pair_pass *pass, bool by_value, const hr_line *x, const hr_line *y,
                        hr_line *sum);
void hr_pair_pass_movies(const hr_pair_pass *pass, bool by_value, const hr_line *x, const hr_line *y,
                         hr_line *sum);

/* The sum of squared (value - x . y) over the edges here, of the last pass by values. Local. */
double hr_pair_pass_error(const hr_pair_pass *pass);

#endif
