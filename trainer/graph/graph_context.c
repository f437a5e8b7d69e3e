#include "trainer/graph/graph_context.h"

#include "io/base/memory.h"
#include "trainer/graph/movie_features.h"
#include "trainer/simd/line.h"

#include <assert.h>
#include <math.h>

/* Some models keep rows in whole lines. */
static int64_t whole_lines(int64_t columns)
{
    return (columns + HR_LANES - 1) / HR_LANES * HR_LANES;
}

static hr_status make_movie_lists(hr_graph_context *context, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(context->movie_owner, context->shard.movies);
    HR_ALLOC(context->rated, context->shard.movies);
done:
    return status;
}

/* Fills movie_owner and rated from what each owner knows. */
static hr_status list_movies(hr_graph_context *context, hr_error *err)
{
    const hr_shard *shard = &context->shard;
    const hr_comm *parts = &context->grid.parts;
    hr_status status = make_movie_lists(context, err);
    HR_TRY(hr_agree(&context->grid.world, status, NULL, err));
    for (int64_t v = shard->owned_users; v < shard->owned; v++) {
        context->movie_owner[shard->vertex[v] - shard->users] = parts->rank;
        context->rated[shard->vertex[v] - shard->users] = shard->degree[v] > 0;
    }
    HR_TRY(hr_sum_i32(parts, context->movie_owner, shard->movies, err)); /* of others it is 0 */
    HR_TRY(hr_sum_i32(parts, context->rated, shard->movies, err));
    for (int64_t m = 0; m < shard->movies; m++)
        if (context->rated[m] > 0)
            context->rated[context->rated_count++] = (int32_t)m;
done:
    return status;
}

hr_status hr_graph_context_create(hr_graph_context *context, const hr_comm *comm, hr_h5 *partition,
                                  hr_grid_shape shape, int64_t dim, hr_summation summation, hr_error *err)
{
    hr_shard *shard = &context->shard;
    hr_grid *grid = &context->grid;
    hr_status status = HR_OK;
    const bool is_reproducible = summation == HR_SUM_REPRODUCIBLE;
    const int64_t wide = is_reproducible ? 2 : 1; /* floats that an exchanged number takes */
    if (is_reproducible && shape.groups > 1)
        HR_TRY(hr_fail(err, HR_USAGE,
                       "--reproducible: in a grid of %dx%d ranks share out columns, and the sums of scores "
                       "depend on it; use "
                       "--grid %dx1, or a partition of %d parts",
                       shape.parts, shape.groups, comm->size, comm->size));
    context->summation = summation;
    HR_TRY(hr_grid_create(grid, comm, shape, dim, err));
    context->dense_sum.comm = &grid->parts;
    status = hr_shard_read(shard, partition, grid->parts.rank, err);
    if (status == HR_OK)
        status = hr_locate_build(&context->locate, shard, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    status =
        hr_halo_create(&context->halo, &grid->parts, shard->owned, shard->ghosts, shard->ghost_owner,
                       shard->ghost_row, wide * whole_lines(grid->columns), wide * grid->columns + 1, err);
    if (status == HR_OK)
        status = hr_halo_channel_make(context->halo, HR_WIRE_F32, 1, &context->counts, err);
    HR_TRY(hr_agree(comm, hr_fail_in(err, status, hr_h5_path(partition)), NULL, err));
    HR_TRY(hr_fail_in(err, hr_blocks_create(&context->blocks, grid, shard, err), hr_h5_path(partition)));
    HR_TRY(list_movies(context, err));
    assert(hr_graph_context_is_valid(context));
done:
    if (status != HR_OK)
        hr_graph_context_free(context);
    return status;
}

static bool movie_lists_are_valid(const hr_graph_context *c)
{
    const hr_shard *shard = &c->shard;
    for (int64_t m = 0; m < shard->movies; m++)
        if (c->movie_owner[m] < 0 || c->movie_owner[m] >= c->grid.parts.size)
            return false;
    for (int64_t v = shard->owned_users; v < shard->owned; v++)
        if (c->movie_owner[shard->vertex[v] - shard->users] != shard->part)
            return false;
    for (int64_t i = 0; i < c->rated_count; i++)
        if (c->rated[i] < 0 || c->rated[i] >= shard->movies || (i > 0 && c->rated[i] <= c->rated[i - 1]))
            return false;
    return c->rated_count >= 0 && c->rated_count <= shard->movies;
}

bool hr_graph_context_is_valid(const hr_graph_context *context)
{
    return hr_grid_is_valid(&context->grid) && hr_shard_is_valid(&context->shard) &&
           context->shard.part == context->grid.parts.rank && context->halo && context->counts &&
           context->blocks && movie_lists_are_valid(context) && context->feature_count >= 0 &&
           (context->feature_count == 0 || context->features) &&
           context->lowest_rating <= context->highest_rating;
}

hr_status hr_graph_read_ratings(hr_graph_context *context, hr_h5 *partition, hr_error *err)
{
    const hr_shard *shard = &context->shard;
    const int64_t count = shard->rated_ptr[shard->owned_users]; /* owned users have the first slots */
    double most[2] = {-INFINITY, -INFINITY};                    /* of ratings times -1, of ratings */
    hr_status status = hr_shard_read_values(&context->shard, partition, err);
    HR_TRY(hr_agree(&context->grid.world, status, NULL, err));
    for (int64_t i = 0; i < count; i++) {
        const double rating = (double)shard->rated_value[i];
        most[0] = fmax(most[0], -rating);
        most[1] = fmax(most[1], rating);
    }
    HR_TRY(hr_max_f64(&context->grid.parts, most, 2, err));
    hr_scalar_sum sum = hr_scalar_sum_of(HR_SUM_REPRODUCIBLE,
                                         (double)shard->edges_total * fmax(fabs(most[0]), fabs(most[1])));
    for (int64_t i = 0; i < count; i++)
        hr_scalar_sum_add(&sum, (double)shard->rated_value[i]);
    HR_TRY(hr_sum_f64(&context->grid.parts, &sum.value, 1, err));
    context->mean_rating = sum.value / (double)shard->edges_total;
    context->lowest_rating = -most[0];
    context->highest_rating = most[1];
done:
    return status;
}

static hr_status read_features(hr_graph_context *context, const char *path, const char *imported,
                               hr_error *err)
{
    hr_status status = HR_OK;
    hr_movie_features all = {0};
    const hr_shard *shard = &context->shard;
    HR_TRY(hr_movie_features_read(&all, path, imported, err));
    context->feature_count = hr_movie_features_count(&all);
    HR_ALLOC(context->features, (shard->owned - shard->owned_users) * context->feature_count);
    for (int64_t v = shard->owned_users; v < shard->owned; v++)
        hr_movie_features_row(&all, shard->vertex[v] - shard->users,
                              context->features + (v - shard->owned_users) * context->feature_count);
done:
    hr_movie_features_free(&all);
    return status;
}

hr_status hr_graph_read_features(hr_graph_context *context, const char *path, const char *imported,
                                 hr_error *err)
{
    const hr_status status = read_features(context, path, imported, err);
    return hr_agree(&context->grid.world, status, NULL, err);
}

void hr_graph_context_free(hr_graph_context *context)
{
    hr_blocks_destroy(context->blocks);
    hr_halo_destroy(context->halo);
    hr_locate_free(&context->locate);
    hr_shard_free(&context->shard);
    free(context->features);
    free(context->rated);
    free(context->movie_owner);
    hr_grid_free(&context->grid);
    *context = (hr_graph_context){0};
}

/* Adds the time since `start` to an activity, and returns the status of the exchange. */
static hr_status timed(hr_graph_context *context, hr_activity activity, double start, hr_status status)
{
    hr_timing_add(&context->timing, activity, start);
    return status;
}

hr_status hr_graph_scatter(hr_graph_context *context, float *x, int64_t cols, hr_error *err)
{
    const double start = hr_seconds();
    return timed(context, HR_TIME_HALO, start, hr_halo_scatter(context->halo, x, cols, err));
}

hr_status hr_graph_reduce(hr_graph_context *context, float *x, int64_t cols, hr_error *err)
{
    const double start = hr_seconds();
    return timed(context, HR_TIME_HALO, start, hr_halo_reduce(context->halo, x, cols, err));
}

hr_status hr_graph_reduce_largest(hr_graph_context *context, float *x, int64_t cols, hr_error *err)
{
    const double start = hr_seconds();
    return timed(context, HR_TIME_HALO, start, hr_halo_reduce_largest(context->halo, x, cols, err));
}

hr_status hr_graph_reduce_sums(hr_graph_context *context, const hr_row_sums *sums, int64_t cols,
                               hr_error *err)
{
    const double start = hr_seconds();
    return timed(context, HR_TIME_HALO, start, hr_row_sums_reduce(sums, context->halo, cols, err));
}

/* The exchange of the counts overlaps that of the sums. */
static hr_status reduce_with_counts(hr_graph_context *context, const hr_row_sums *sums, float *count,
                                    int64_t cols, hr_error *err)
{
    hr_status status = HR_OK;
    hr_halo_begin_reduce(context->halo, context->counts, count, 1);
    HR_TRY(hr_row_sums_reduce(sums, context->halo, cols, err));
    HR_TRY(hr_halo_end_reduce(context->halo, context->counts, count, 1, err));
done:
    return status;
}

hr_status hr_graph_reduce_sums_and_counts(hr_graph_context *context, const hr_row_sums *sums, float *count,
                                          int64_t cols, hr_error *err)
{
    const double start = hr_seconds();
    return timed(context, HR_TIME_HALO, start, reduce_with_counts(context, sums, count, cols, err));
}

hr_status hr_graph_sum_dense(hr_graph_context *context, const hr_row_sums *gradient, int64_t at,
                             int64_t count, hr_error *err)
{
    const double start = hr_seconds();
    return timed(context, HR_TIME_DENSE, start,
                 hr_dense_sum_begin(&context->dense_sum, gradient, at, count, err));
}

hr_status hr_graph_largest_entry(const hr_graph_context *context, const float *values, int64_t count,
                                 double *largest, hr_error *err)
{
    return hr_largest_entry(context->summation, &context->grid.parts, values, count, largest, err);
}
