/* The pool: movies drawn once a step, the same on all ranks, from which negatives are picked. Their rows are
 * gathered from their owners, and the sums of their gradients scattered back: each travels to where it is
 * wanted and no further, half of what all-reduces would send. A shared pool is for all samples to pick from;
 * one of own movies holds for each sample the one movie that it is compared with, as in the original BPR
 * (Rendle et al., UAI 2009). */
#ifndef HR_TRAINER_SAMPLING_POOL_H
#define HR_TRAINER_SAMPLING_POOL_H

#include "io/base/error.h"
#include "trainer/graph/graph_context.h"
#include "trainer/numerics/row_blocks.h"
#include "trainer/numerics/row_sums.h"
#include "trainer/sampling/sampler.h"

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise; free with hr_pool_free. */
typedef struct hr_pool {
    int64_t size, dim;    /* dim: columns of this rank */
    bool is_own;          /* whether place i is for sample i alone */
    bool is_rated;        /* whether movies without train ratings are left out */
    int32_t *movie;       /* [size] movie numbers, uniformly drawn, maybe repeated */
    float *row;           /* [size x dim] their output rows */
    hr_row_blocks blocks; /* the same rows */
    hr_row_sums sums;     /* [size x (dim + 1)] gradient of each row, then how often it was a negative */
    int32_t *by_owner;    /* [size] places in order of the movies' owners: */
    int64_t *first;       /* [parts + 1] those of each owner */
    hr_row_sums away;     /* [size x (dim + 1)] rows, or sums, as they travel, in that order */
    int64_t bytes;        /* sent to other ranks so far */
} hr_pool;

/* A shared pool of `shared` movies, of those with train ratings where `rated`, or, where that is 0, one of an
 * own movie for each of `batch` samples. `parts` own movies. Local. HR_MEMORY. */
hr_status hr_pool_create(hr_pool *pool, int64_t shared, bool rated, int64_t batch, int64_t dim, int parts,
                         bool exact, hr_error *err);
void hr_pool_free(hr_pool *pool);

/* Draws the movies of a step: uniformly and, where they are own ones, again while the sample's user has the
 * movie in train (one who has all in train gets one of them). `positives` are this rank's samples.
 * Collective. */
hr_status hr_pool_draw(hr_pool *pool, hr_graph_context *graph, uint64_t seed, int64_t step,
                       const hr_positive *positives, int64_t count, hr_error *err);

/* Gathers the movies' rows from `output` ((owned + ghosts) x dim, owned rows read) and clears the gradient.
 * Collective. */
hr_status hr_pool_gather(hr_pool *pool, hr_graph_context *graph, const float *output, hr_error *err);

/* Counts the movie at a place as a negative: 1, or a share of 1. */
void hr_pool_count(const hr_pool *pool, int64_t place, float use);

/* Sums the gradient over parts and adds each row to its owner's row of `gradient` ((owned + ghosts) x dim)
 * and each count to `uses` [owned + ghosts]. Collective. */
hr_status hr_pool_return(hr_pool *pool, hr_graph_context *graph, const hr_row_sums *gradient, float *uses,
                         hr_error *err);

#endif
