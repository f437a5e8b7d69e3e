#include "trainer/pool.h"

#include "io/memory.h"
#include "io/philox.h"

#include <string.h>

hr_status hr_pool_create(hr_pool *pool, int64_t size, int64_t dim, hr_error *err)
{
    hr_status status = HR_OK;
    pool->size = size;
    pool->dim = dim;
    HR_ALLOC(pool->movie, size);
    HR_ALLOC(pool->row, size * dim);
    pool->blocks = (size + HR_LANES - 1) / HR_LANES;
    HR_ALLOC(pool->across, pool->blocks * dim);
    HR_ALLOC(pool->gradient, size * (dim + 1));
done:
    return status;
}

void hr_pool_free(hr_pool *pool)
{
    free(pool->movie);
    free(pool->row);
    free(pool->across);
    free(pool->gradient);
    *pool = (hr_pool){0};
}

static void draw_movies(hr_pool *pool, uint64_t seed, int64_t step, int64_t movies)
{
    for (int64_t i = 0; i < pool->size; i++)
        pool->movie[i] = (int32_t)hr_below(
            hr_philox(seed, HR_STREAM_POOL, (uint32_t)step, (uint64_t)i).word[0], (uint32_t)movies);
}

static void turn_blocks(hr_pool *pool)
{
    float *across = (float *)pool->across;
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < pool->size; i++)
        for (int64_t c = 0; c < pool->dim; c++)
            across[(i / HR_LANES * pool->dim + c) * HR_LANES + i % HR_LANES] = pool->row[i * pool->dim + c];
}

hr_status hr_pool_gather(hr_pool *pool, hr_graph_context *graph, uint64_t seed, int64_t step,
                         const float *output, hr_error *err)
{
    const int64_t dim = pool->dim;
    const size_t row_bytes = (size_t)dim * sizeof(float);
    draw_movies(pool, seed, step, graph->shard.movies);
    for (int64_t i = 0; i < pool->size; i++) {
        const int32_t row = graph->locate.owned_movie_row[pool->movie[i]];
        if (row == HR_NOT_HERE) /* its owner adds the row to these zeros, exactly */
            memset(pool->row + i * dim, 0, row_bytes);
        else
            memcpy(pool->row + i * dim, output + row * dim, row_bytes);
    }
    memset(pool->gradient, 0, (size_t)(pool->size * (dim + 1)) * sizeof(float));
    const hr_status status = hr_sum_f32(graph->comm, pool->row, pool->size * dim, err);
    turn_blocks(pool);
    return status;
}

HR_SIMD void hr_pool_score(const hr_pool *pool, const float *user, int64_t block, float *score)
{
    const hr_f32x16 *across = pool->across + block * pool->dim;
    hr_f32x16 even = {0}, odd = {0};
    int64_t c = 0;
    for (; c + 1 < pool->dim; c += 2) {
        even += user[c] * across[c];
        odd += user[c + 1] * across[c + 1];
    }
    if (c < pool->dim)
        even += user[c] * across[c];
    even += odd;
    memcpy(score, &even, sizeof even);
}

hr_status hr_pool_return(hr_pool *pool, hr_graph_context *graph, float *gradient, float *uses, hr_error *err)
{
    const int64_t dim = pool->dim;
    const hr_status status = hr_sum_f32(graph->comm, pool->gradient, pool->size * (dim + 1), err);
    for (int64_t i = 0; status == HR_OK && i < pool->size; i++) {
        const int32_t row = graph->locate.owned_movie_row[pool->movie[i]];
        const float *from = pool->gradient + i * (dim + 1);
        if (row == HR_NOT_HERE || from[dim] == 0.0F)
            continue;
        for (int64_t c = 0; c < dim; c++)
            gradient[row * dim + c] += from[c];
        uses[row] += from[dim];
    }
    return status;
}

int64_t hr_pool_bytes(const hr_pool *pool)
{
    return pool->size * (2 * pool->dim + 1) * (int64_t)sizeof(float);
}
