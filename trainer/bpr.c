#include "trainer/bpr.h"

#include "io/memory.h"
#include "io/philox.h"
#include "trainer/simd.h"

#include <math.h>

hr_status hr_bpr_create(hr_bpr *bpr, const hr_shard *shard, uint64_t seed, int64_t candidates, int64_t batch,
                        hr_error *err)
{
    hr_status status = HR_OK;
    bpr->shard = shard;
    bpr->seed = seed;
    bpr->candidates = candidates;
    HR_ALLOC(bpr->negative, batch);
    HR_ALLOC(bpr->slope, batch);
    HR_ALLOC(bpr->loss, batch);
done:
    return status;
}

void hr_bpr_free(hr_bpr *bpr)
{
    free(bpr->negative);
    free(bpr->slope);
    free(bpr->loss);
    *bpr = (hr_bpr){0};
}

static inline __attribute__((always_inline)) float dot(const float *restrict x, const float *restrict y,
                                                       int64_t dim)
{
    float sum = 0.0F;
#pragma omp simd reduction(+ : sum)
    for (int64_t c = 0; c < dim; c++)
        sum += x[c] * y[c];
    return sum;
}

/* The hardest of a block's first `count` movies that the user has not rated; HR_NOT_HERE where all are rated
 * or none scores above `best`, which moves on. Rated ones are found out only when they would be taken. */
static int32_t hardest_in_block(const hr_bpr *bpr, const hr_pool *pool, const hr_positive *positive,
                                const float *user, int64_t block, int64_t count, float *best)
{
    float score[HR_LANES];
    const int64_t first = block * HR_LANES;
    int32_t hardest = HR_NOT_HERE;
    hr_pool_score(pool, user, block, score);
    for (int64_t i = 0; i < count && first + i < pool->size; i++)
        if (score[i] > *best && !hr_locate_rated(bpr->shard, positive->user_slot, pool->movie[first + i])) {
            *best = score[i];
            hardest = (int32_t)(first + i);
        }
    return hardest;
}

/* Looks at blocks of the pool, each drawn, until `candidates` movies have been seen. The pool's movies are in
 * no order, so those of a block are as good as any. */
static int32_t find_negative(const hr_bpr *bpr, int64_t step, const hr_positive *positive, const float *user,
                             const hr_pool *pool, float *best)
{
    int32_t negative = HR_NOT_HERE;
    for (int64_t seen = 0; seen < bpr->candidates; seen += HR_LANES) {
        const int64_t left = bpr->candidates - seen, number = seen / HR_LANES;
        const int64_t blocks_each = (bpr->candidates + HR_LANES - 1) / HR_LANES;
        const hr_random4 draw = hr_philox(bpr->seed, HR_STREAM_NEGATIVE, (uint32_t)step,
                                          (uint64_t)(positive->number * blocks_each + number));
        const int64_t block = hr_below(draw.word[0], (uint32_t)pool->blocks);
        const int32_t hardest =
            hardest_in_block(bpr, pool, positive, user, block, left < HR_LANES ? left : HR_LANES, best);
        negative = hardest == HR_NOT_HERE ? negative : hardest;
    }
    return negative;
}

/* Picks the hardest free candidate and scores the pair. */
static void score_sample(hr_bpr *bpr, int64_t step, const hr_positive *positive, int64_t index, double scale,
                         const float *output, const hr_pool *pool)
{
    const int64_t dim = pool->dim;
    const float *user = output + positive->user_row * dim;
    float best = -INFINITY;
    bpr->negative[index] = find_negative(bpr, step, positive, user, pool, &best);
    bpr->slope[index] = bpr->loss[index] = 0.0F;
    if (bpr->negative[index] == HR_NOT_HERE)
        return;
    const float difference = dot(user, output + positive->movie_row * dim, dim) - best;
    /* -ln sigmoid(d) = ln(1 + exp(-d)), without overflow for large -d */
    bpr->loss[index] = (float)scale * (fmaxf(-difference, 0.0F) + log1pf(expf(-fabsf(difference))));
    bpr->slope[index] = (float)-scale / (1.0F + expf(difference));
}

/* Adds the gradients of columns first … end - 1; columns do not meet, so threads take columns. */
static void add_gradients(const hr_bpr *bpr, const hr_positive *positives, int64_t count, const float *output,
                          hr_pool *pool, float *gradient, int64_t first, int64_t end)
{
    const int64_t dim = pool->dim;
    for (int64_t s = 0; s < count; s++) {
        if (bpr->negative[s] == HR_NOT_HERE)
            continue;
        const int64_t user = positives[s].user_row * dim, movie = positives[s].movie_row * dim;
        const float *negative = pool->row + bpr->negative[s] * dim;
        float *negative_gradient = pool->gradient + bpr->negative[s] * (dim + 1);
        const float slope = bpr->slope[s];
#pragma omp simd
        for (int64_t c = first; c < end; c++) {
            gradient[user + c] += slope * (output[movie + c] - negative[c]);
            gradient[movie + c] += slope * output[user + c];
            negative_gradient[c] -= slope * output[user + c];
        }
    }
}

static double add_uses(const hr_bpr *bpr, const hr_positive *positives, int64_t count, hr_pool *pool,
                       float *uses)
{
    double loss = 0.0;
    for (int64_t s = 0; s < count; s++) {
        if (bpr->negative[s] == HR_NOT_HERE)
            continue;
        uses[positives[s].user_row] += 1.0F;
        uses[positives[s].movie_row] += 1.0F;
        pool->gradient[bpr->negative[s] * (pool->dim + 1) + pool->dim] += 1.0F;
        loss += bpr->loss[s];
    }
    return loss;
}

double hr_bpr_step(hr_bpr *bpr, int64_t step, const hr_positive *positives, int64_t count, double scale,
                   const float *output, hr_pool *pool, float *gradient, float *uses)
{
#pragma omp parallel for schedule(static)
    for (int64_t s = 0; s < count; s++)
        score_sample(bpr, step, &positives[s], s, scale, output, pool);
#pragma omp parallel for schedule(static)
    for (int64_t first = 0; first < pool->dim; first += HR_LANES)
        add_gradients(bpr, positives, count, output, pool, gradient, first,
                      first + HR_LANES < pool->dim ? first + HR_LANES : pool->dim);
    return add_uses(bpr, positives, count, pool, uses);
}
