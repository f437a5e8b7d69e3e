/* The pool: movies drawn once a step, the same on all ranks, from which samples take their negatives. A
 * shared pool is for all samples. A pool of own movies has one for each sample of the batch, as in the
 * original BPR (Rendle et al., UAI 2009).
 *
 * The movies' rows are gathered from their owners, and the sums of their gradients return to them: each row
 * and each sum is sent only to where it is needed, half the bytes of all-reduces. A step calls hr_pool_draw,
 * hr_pool_gather, adds to `sums`, and calls hr_pool_return. */
#ifndef HR_TRAINER_SAMPLING_POOL_H
#define HR_TRAINER_SAMPLING_POOL_H

#include "io/base/error.h"
#include "trainer/graph/graph_context.h"
#include "trainer/numerics/interleaved_rows.h"
#include "trainer/numerics/row_sums.h"
#include "trainer/sampling/sampler.h"
#include "trainer/sampling/sampling_config.h"

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise; free with hr_pool_free. */
typedef struct hr_pool {
    hr_graph_context *graph;
    uint64_t seed;
    int64_t size, dim;               /* dim: columns of this rank */
    bool is_own;                     /* whether movie i is for sample number i alone */
    hr_pool_from from;               /* what a shared pool is drawn from */
    int32_t *movie;                  /* [size] movie numbers, uniformly drawn, may repeat */
    float *row;                      /* [size x dim] their output rows */
    hr_interleaved_rows interleaved; /* the same rows */
    hr_row_sums sums;  /* [size x (dim + 1)] gradient of each row, then how often it was a negative */
    int32_t *by_owner; /* [size] indices in the pool, sorted by owner of the movie */
    int64_t *first;    /* [parts + 1] offsets of each owner's in by_owner */
    hr_row_sums sent;  /* [size x (dim + 1)] rows, or sums, in the order of by_owner */
    int64_t bytes;     /* sent to other ranks so far */
} hr_pool;

/* The graph must outlive it. Local. HR_MEMORY. */
hr_status hr_pool_create(hr_pool *pool, hr_graph_context *graph, const hr_sampling_config *config,
                         hr_error *err);
void hr_pool_free(hr_pool *pool);

/* Draws the movies of a step, uniformly. Own movies are drawn again while the sample's user has them in
 * train, unless the user has all movies.
 *   positives  [count] samples of this rank
 * Collective for own movies. HR_COMM. */
hr_status hr_pool_draw(hr_pool *pool, int64_t step, const hr_positive *positives, int64_t count,
                       hr_error *err);

/* Fills the movies' rows from the owned rows of output [(owned + ghosts) x dim] and clears the sums.
 * Collective. HR_COMM. */
hr_status hr_pool_gather(hr_pool *pool, const float *output, hr_error *err);

/* Counts movie number `index` of the pool as a negative: 1, or a share of 1. */
void hr_pool_count(const hr_pool *pool, int64_t index, float use);

/* Sums over parts, then adds the gradient of each movie to its row of gradient [(owned + ghosts) x dim] and
 * its count to uses [owned + ghosts], on its owner. Collective. HR_COMM. */
hr_status hr_pool_return(hr_pool *pool, const hr_row_sums *gradient, float *uses, hr_error *err);

/* Bytes that all ranks of a grid together send for the pool of one step. Local. */
int64_t hr_pool_step_bytes(const hr_sampling_config *config, int64_t dim, hr_grid_shape grid);

#endif
