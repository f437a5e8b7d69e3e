#include "trainer/pool.h"

#include "io/memory.h"
#include "io/philox.h"

#include <string.h>

hr_status hr_pool_create(hr_pool *pool, int64_t shared, bool rated, int64_t batch, int64_t dim, bool exact,
                         hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t size = shared > 0 ? shared : batch;
    pool->size = size;
    pool->is_own = shared == 0;
    pool->is_rated = rated;
    pool->dim = dim;
    HR_ALLOC(pool->movie, size);
    HR_ALLOC(pool->row, size * dim);
    HR_TRY(hr_across_create(&pool->across, size, dim, err));
    HR_TRY(hr_row_sums_create(&pool->sums, size * (dim + 1), exact, err));
done:
    return status;
}

void hr_pool_free(hr_pool *pool)
{
    free(pool->movie);
    free(pool->row);
    hr_across_free(&pool->across);
    hr_row_sums_free(&pool->sums);
    *pool = (hr_pool){0};
}

static void draw_shared(hr_pool *pool, const hr_graph_context *graph, uint64_t seed, int64_t step)
{
    const int64_t count = pool->is_rated ? graph->rated_count : graph->shard.movies;
    for (int64_t i = 0; i < pool->size; i++) {
        const hr_random4 r = hr_philox(seed, HR_STREAM_POOL, (uint32_t)step, (uint64_t)i);
        const uint32_t drawn = hr_below(r.word[0], (uint32_t)count);
        pool->movie[i] = pool->is_rated ? graph->rated[drawn] : (int32_t)drawn;
    }
}

/* Attempts of different rounds are numbered this far apart, beyond any number of a sample. */
static const uint64_t round_distance = UINT64_C(1) << 40;

/* A movie that the sample's user does not have in train, if there is one. */
static int32_t draw_free(const hr_shard *shard, uint64_t seed, int64_t step, const hr_positive *positive)
{
    const int64_t slot = positive->user_slot;
    const bool has_all = shard->rated_ptr[slot + 1] - shard->rated_ptr[slot] >= shard->movies;
    for (uint64_t round = 0;; round++) {
        const hr_random4 draw = hr_philox(seed, HR_STREAM_POOL, (uint32_t)step,
                                          (uint64_t)positive->number + round * round_distance);
        for (int i = 0; i < 4; i++) {
            const int32_t movie = (int32_t)hr_below(draw.word[i], (uint32_t)shard->movies);
            if (has_all || !hr_locate_rated(shard, positive->user_slot, movie))
                return movie;
        }
    }
}

/* Each sample lies on one rank of the parts, so that the sum over them is the list of all. */
static hr_status draw_own(hr_pool *pool, hr_graph_context *graph, uint64_t seed, int64_t step,
                          const hr_positive *positives, int64_t count, hr_error *err)
{
    memset(pool->movie, 0, (size_t)pool->size * sizeof *pool->movie);
    for (int64_t s = 0; s < count; s++)
        pool->movie[positives[s].number] = draw_free(&graph->shard, seed, step, &positives[s]);
    return hr_sum_i32(&graph->grid.parts, pool->movie, pool->size, err);
}

hr_status hr_pool_draw(hr_pool *pool, hr_graph_context *graph, uint64_t seed, int64_t step,
                       const hr_positive *positives, int64_t count, hr_error *err)
{
    if (pool->is_own)
        return draw_own(pool, graph, seed, step, positives, count, err);
    draw_shared(pool, graph, seed, step);
    return HR_OK;
}

hr_status hr_pool_gather(hr_pool *pool, hr_graph_context *graph, const float *output, hr_error *err)
{
    const int64_t dim = pool->dim;
    const size_t row_bytes = (size_t)dim * sizeof(float);
    for (int64_t i = 0; i < pool->size; i++) {
        const int32_t row = graph->locate.owned_movie_row[pool->movie[i]];
        if (row == HR_NOT_HERE) /* its owner adds the row to these zeros, exactly */
            memset(pool->row + i * dim, 0, row_bytes);
        else
            memcpy(pool->row + i * dim, output + row * dim, row_bytes);
    }
    hr_row_sums_clear(&pool->sums, pool->size * (dim + 1));
    const hr_status status = hr_sum_f32(&graph->grid.parts, pool->row, pool->size * dim, err);
    if (graph->grid.parts.size > 1)
        pool->bytes += pool->size * (dim * (int64_t)sizeof(float) +
                                     (dim + 1) * hr_row_sums_bytes(&pool->sums)); /* of the return as well */
    hr_across_lay(&pool->across, pool->row, pool->size);
    return status;
}

void hr_pool_count(const hr_pool *pool, int64_t place, float use)
{
    const double unit = 0x1p-20; /* for up to 2^32 uses of a movie in a step */
    const int64_t at = place * (pool->dim + 1) + pool->dim;
    if (pool->sums.exact)
        pool->sums.exact[at] += hr_exact_round((double)use, unit);
    else
        pool->sums.floats[at] += use;
}

/* Adds the sums of a place to its movie's row. */
static void return_row(const hr_pool *pool, int64_t place, int64_t row, const hr_row_sums *gradient,
                       float *uses)
{
    const int64_t dim = pool->dim, from = place * (dim + 1), to = row * dim;
    const bool exact = pool->sums.exact != NULL;
    for (int64_t c = 0; c < dim; c++)
        if (exact)
            gradient->exact[to + c] += pool->sums.exact[from + c];
        else
            gradient->floats[to + c] += pool->sums.floats[from + c];
    uses[row] += exact ? (float)pool->sums.exact[from + dim] : pool->sums.floats[from + dim];
}

hr_status hr_pool_return(hr_pool *pool, hr_graph_context *graph, const hr_row_sums *gradient, float *uses,
                         hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_row_sums_all(&pool->sums, &graph->grid.parts, pool->size * (pool->dim + 1), err));
    for (int64_t i = 0; i < pool->size; i++) {
        const int32_t row = graph->locate.owned_movie_row[pool->movie[i]];
        if (row != HR_NOT_HERE)
            return_row(pool, i, row, gradient, uses);
    }
done:
    return status;
}
