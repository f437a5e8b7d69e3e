/* Stochastic gradient descent over the edges of a block, one after the other: for an edge with rating r of a
 * user's row p and a movie's row q, with e = r - p . q,
 *
 *     p <- keep_p p + rate_p e q          q <- keep_q q + rate_q e p as it was
 *
 * with another factor of the biases (layers/bias_columns.h), and constant columns, which stay 1. The rows are
 * the same bit for bit on all instruction sets. */
#ifndef HR_TRAINER_KERNELS_BLOCK_DESCENT_H
#define HR_TRAINER_KERNELS_BLOCK_DESCENT_H

#include "trainer/simd/dispatch.h"
#include "trainer/simd/line.h"

#include <stdint.h>

typedef struct hr_descent_edge {
    int32_t movie; /* row of the block of movies */
    float rating;
} hr_descent_edge;

/* Edges of one user, next to each other. */
typedef struct hr_descent_visit {
    int32_t user; /* row of the block of users */
    int32_t edges;
} hr_descent_visit;

/* How a row moves: by 2 x learning rate, from what L2 regularisation leaves of it, and of its bias. */
typedef struct hr_descent_step {
    float rate, keep, keep_bias;
} hr_descent_step;

typedef struct hr_block_descent {
    int64_t lines; /* of a row: zeros behind the columns in use */
    int64_t visits;
    const hr_descent_visit *visit;                 /* [visits] */
    const hr_descent_edge *edge;                   /* in the order of visits */
    hr_line *user_row, *movie_row;                 /* [rows of the block x lines] */
    const hr_descent_step *user_step, *movie_step; /* [rows of the block] */
} hr_block_descent;

/* Descends along all edges, in order. Returns the sum of e^2. */
HR_KERNEL(double, hr_block_descent_run, (const hr_block_descent *block), (block))

#endif
