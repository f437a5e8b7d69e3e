#include "trainer/sampling/pool.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/base/philox.h"

#include <string.h>

hr_status hr_pool_create(hr_pool *pool, hr_graph_context *graph, const hr_sampling_config *config,
                         hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t size = config->pool > 0 ? config->pool : config->batch, dim = graph->grid.columns;
    pool->graph = graph;
    pool->seed = config->seed;
    pool->size = size;
    pool->dim = dim;
    pool->is_own = config->pool == 0;
    pool->from = config->pool_from;
    HR_ALLOC(pool->movie, size);
    HR_ALLOC_SHARED(pool->row, size * dim);
    HR_TRY(hr_interleaved_rows_create(&pool->interleaved, size, dim, graph->summation, err));
    HR_TRY(hr_row_sums_create(&pool->sums, size * (dim + 1), graph->summation, err));
    HR_ALLOC(pool->by_owner, size);
    HR_ALLOC(pool->first, (int64_t)graph->grid.parts.size + 1);
    HR_TRY(hr_row_sums_create(&pool->sent, size * (dim + 1), graph->summation, err));
done:
    return status;
}

void hr_pool_free(hr_pool *pool)
{
    free(pool->movie);
    free(pool->row);
    hr_interleaved_rows_free(&pool->interleaved);
    hr_row_sums_free(&pool->sums);
    free(pool->by_owner);
    free(pool->first);
    hr_row_sums_free(&pool->sent);
    *pool = (hr_pool){0};
}

static void draw_shared(hr_pool *pool, int64_t step)
{
    const hr_graph_context *graph = pool->graph;
    const bool rated = pool->from == HR_POOL_RATED;
    const int64_t count = rated ? graph->rated_count : graph->shard.movies;
    for (int64_t i = 0; i < pool->size; i++) {
        const hr_random4 r = hr_philox(pool->seed, HR_STREAM_POOL, (uint32_t)step, (uint64_t)i);
        const uint32_t drawn = hr_below(r.word[0], (uint32_t)count);
        pool->movie[i] = rated ? graph->rated[drawn] : (int32_t)drawn;
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

/* Each sample is on one of the parts: the sum over parts is the list of all samples' movies. */
static hr_status draw_own(hr_pool *pool, int64_t step, const hr_positive *positives, int64_t count,
                          hr_error *err)
{
    memset(pool->movie, 0, (size_t)pool->size * sizeof *pool->movie);
    for (int64_t s = 0; s < count; s++)
        pool->movie[positives[s].number] = draw_free(&pool->graph->shard, pool->seed, step, &positives[s]);
    return hr_sum_i32(&pool->graph->grid.parts, pool->movie, pool->size, err);
}

/* Fills by_owner and first, by a counting sort. */
static void sort_by_owner(hr_pool *pool)
{
    const int32_t *owner = pool->graph->movie_owner;
    const int parts = pool->graph->grid.parts.size;
    int64_t *first = pool->first;
    memset(first, 0, (size_t)(parts + 1) * sizeof *first);
    for (int64_t i = 0; i < pool->size; i++)
        first[owner[pool->movie[i]] + 1]++;
    hr_offsets_sum(first, parts);
    for (int64_t i = 0; i < pool->size; i++)
        pool->by_owner[first[owner[pool->movie[i]]]++] = (int32_t)i;
    hr_offsets_restore(first, parts);
}

hr_status hr_pool_draw(hr_pool *pool, int64_t step, const hr_positive *positives, int64_t count,
                       hr_error *err)
{
    hr_status status = HR_OK;
    if (pool->is_own)
        HR_TRY(draw_own(pool, step, positives, count, err));
    else
        draw_shared(pool, step);
    sort_by_owner(pool);
done:
    return status;
}

/* The row of movie number `index` of the pool, on its owner. */
static int64_t owned_row(const hr_pool *pool, int64_t index)
{
    return pool->graph->locate.owned_movie_row[pool->movie[index]];
}

hr_status hr_pool_gather(hr_pool *pool, const float *output, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm *parts = &pool->graph->grid.parts;
    const int64_t dim = pool->dim, row_bytes = dim * (int64_t)sizeof(float);
    const int64_t first = pool->first[parts->rank], end = pool->first[parts->rank + 1];
    float *sent = pool->sent.floats;
#pragma omp parallel for schedule(static)
    for (int64_t i = first; i < end; i++)
        memcpy(sent + i * dim, output + owned_row(pool, pool->by_owner[i]) * dim, (size_t)row_bytes);
    HR_TRY(hr_gather_shares(parts, sent, pool->first, row_bytes, err));
    pool->bytes += (parts->size - 1) * (end - first) * row_bytes;
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < pool->size; i++)
        memcpy(pool->row + pool->by_owner[i] * dim, sent + i * dim, (size_t)row_bytes);
    hr_interleaved_rows_fill(&pool->interleaved, pool->row, pool->size);
    hr_row_sums_clear(&pool->sums, pool->size * (dim + 1));
done:
    return status;
}

void hr_pool_count(const hr_pool *pool, int64_t index, float use)
{
    const double unit = 0x1p-20; /* for up to 2^32 uses of a movie in a step */
    const hr_row_sums count = hr_row_sums_from(&pool->sums, index * (pool->dim + 1) + pool->dim, unit);
    hr_row_sums_add_value(&count, 0, use);
}

hr_status hr_pool_return(hr_pool *pool, const hr_row_sums *gradient, float *uses, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm *parts = &pool->graph->grid.parts;
    const int64_t first = pool->first[parts->rank], end = pool->first[parts->rank + 1];
    const int64_t dim = pool->dim, width = dim + 1;
    hr_row_sums_pack(&pool->sent, &pool->sums, pool->by_owner, pool->size, width);
    HR_TRY(hr_row_sums_shares(&pool->sent, parts, pool->first, width, err));
    pool->bytes += (pool->size - (end - first)) * width * hr_row_sums_bytes(&pool->sums);
    for (int64_t i = first; i < end; i++) {
        const int64_t row = owned_row(pool, pool->by_owner[i]), from = (i - first) * width;
        hr_row_sums_add_sums(gradient, row * dim, &pool->sent, from, dim);
        uses[row] += hr_row_sums_value(&pool->sent, from + dim);
    }
done:
    return status;
}

/* Rows, then their gradients and counts, go between parts. */
int64_t hr_pool_step_bytes(const hr_sampling_config *config, int64_t dim, hr_grid_shape grid)
{
    const int64_t size = config->pool > 0 ? config->pool : config->batch;
    return (grid.parts - 1) * size * (2 * dim + grid.groups) * (int64_t)sizeof(float);
}
