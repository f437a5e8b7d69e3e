/* The graph as a model sees it on one rank: the rank's part of it, its columns, and the exchanges over it.
 *
 * Every matrix over vertices, [(owned + ghosts) x columns], has its rows in this order
 * (partition/halo/shard.h):
 *
 *     row   0              owned_users       owned                      owned + ghosts
 *           |  owned users  |  owned movies  |  ghosts, by owner         |
 *           |               |                |  u7  m3 | u2  u9 | m1 … |
 *           `------- this rank trains ------´   copies of rows of other ranks
 *
 *     scatter   owned rows -> their ghosts on other ranks      before a pass over edges reads x
 *     reduce    ghosts -> added to their owners' rows          after a pass over edges has added to y
 *
 * Edges name slots instead of rows. Slots number the users of this rank, and its movies, separately, so that
 * a pass streams users and keeps movies in a compact array:
 *
 *     user slot s    0   1   2 … owned_users - 1 | u7  u2  u9        row user_row[s]
 *     movie slot t   0   1   2 … owned movies - 1 | m3  m1           row movie_row[t]
 *     edges of s     edge_movie[edge_ptr[s]] … edge_movie[edge_ptr[s + 1] - 1]: movie slots, ascending
 *
 * A model is a repetition of: hr_graph_scatter, a local pass over the edges, hr_graph_reduce_sums. */
#ifndef HR_TRAINER_GRAPH_GRAPH_CONTEXT_H
#define HR_TRAINER_GRAPH_GRAPH_CONTEXT_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "partition/halo/blocks.h"
#include "partition/halo/halo.h"
#include "partition/halo/shard.h"
#include "partition/plan/grid.h"
#include "trainer/graph/locate.h"
#include "trainer/graph/timing.h"
#include "trainer/numerics/dense_sum.h"
#include "trainer/numerics/row_sums.h"
#include "trainer/numerics/summation.h"

/* Zero-initialise; free with hr_graph_context_free. Its members point at one another: it must stay where it
 * is. */
typedef struct hr_graph_context {
    hr_summation summation; /* how sums over edges, vertices, samples and ranks are made */
    hr_grid grid;
    hr_shard shard;
    hr_locate locate;
    hr_halo *halo;
    hr_halo_channel *counts; /* of one number a row, exchanged while rows are */
    hr_blocks *blocks;
    int32_t *movie_owner;  /* [movies] part that owns each movie */
    int64_t rated_count;   /* movies with train ratings, on any rank */
    int32_t *rated;        /* [rated_count] their numbers, ascending */
    int64_t feature_count; /* 0 unless features were read */
    float *features;       /* [owned movies x feature_count] see movie_features.h */
    double mean_rating;    /* of train; 0 unless ratings were read, like the next two */
    double lowest_rating, highest_rating;
    hr_dense_sum dense_sum; /* over the parts */
    hr_timing timing;
} hr_graph_context;

/* Reads this rank's part of an open partition file and prepares the exchanges of rows of `dim` columns, of
 * which a rank of the grid has its share. Collective; all ranks return the same status. HR_USAGE where the
 * ranks of comm are not shape.parts x shape.groups, or sums are reproducible and groups more than one. */
hr_status hr_graph_context_create(hr_graph_context *context, const hr_comm *comm, hr_h5 *partition,
                                  hr_grid_shape shape, int64_t dim, hr_summation summation, hr_error *err);
/* Collective. */
void hr_graph_context_free(hr_graph_context *context);

/* Whether grid and shard are valid and belong together, every movie has an owner among the parts, and the
 * lists that were read agree with them. For assertions. */
bool hr_graph_context_is_valid(const hr_graph_context *context);

/* Reads the values of train ratings as well, and finds mean, lowest and highest over all ranks. Collective;
 * all ranks return the same status. HR_INPUT where the partition has no values; HR_MEMORY, HR_COMM. */
hr_status hr_graph_read_ratings(hr_graph_context *context, hr_h5 *partition, hr_error *err);

/* Reads the features (movie_features.h) of the movies that this rank owns from the dataset file at `path`,
 * imported ones from the file at `imported`, unless that is "". Holds those of all movies while it runs.
 * Collective; all ranks return the same status, an error of hr_movie_features_read, HR_MEMORY or HR_COMM. */
hr_status hr_graph_read_features(hr_graph_context *context, const char *path, const char *imported,
                                 hr_error *err);

/* The exchanges of halo.h over the rows of this graph, timed; hr_graph_reduce_sums is hr_graph_reduce of
 * sums. Collective. HR_COMM. */
hr_status hr_graph_scatter(hr_graph_context *context, float *x, int64_t cols, hr_error *err);
hr_status hr_graph_reduce(hr_graph_context *context, float *x, int64_t cols, hr_error *err);
hr_status hr_graph_reduce_largest(hr_graph_context *context, float *x, int64_t cols, hr_error *err);
hr_status hr_graph_reduce_sums(hr_graph_context *context, const hr_row_sums *sums, int64_t cols,
                               hr_error *err);

/* Begins the sum over parts of `count` gradients of dense weights, from number `at` on, which are complete on
 * this rank (hr_dense_sum_begin), timed. Collective. HR_COMM. */
hr_status hr_graph_sum_dense(hr_graph_context *context, const hr_row_sums *gradient, int64_t at,
                             int64_t count, hr_error *err);

/* hr_graph_reduce_sums, and at the same time hr_graph_reduce of count [owned + ghosts], which holds whole
 * numbers. Collective. HR_COMM. */
hr_status hr_graph_reduce_sums_and_counts(hr_graph_context *context, const hr_row_sums *sums, float *count,
                                          int64_t cols, hr_error *err);

/* hr_largest_entry (summation.h) over the parts: of rows that each rank owns, to bound sums by.
 * Collective on the parts where sums are reproducible. HR_COMM. */
hr_status hr_graph_largest_entry(const hr_graph_context *context, const float *values, int64_t count,
                                 double *largest, hr_error *err);

#endif
