#include "trainer/bpr.h"

#include "io/memory.h"
#include "io/philox.h"
#include "trainer/simd.h"

#include <math.h>
#include <omp.h>

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

enum { MAX_BLOCKS = HR_MAX_CANDIDATES / HR_LANES };

static inline __attribute__((always_inline)) float dot(const float *restrict x, const float *restrict y,
                                                       int64_t dim)
{
    float sum = 0.0F;
#pragma omp simd reduction(+ : sum)
    for (int64_t c = 0; c < dim; c++)
        sum += x[c] * y[c];
    return sum;
}

/* A sample's candidates: places in the pool, and their scores. */
typedef struct candidates {
    int64_t blocks;
    int32_t first[MAX_BLOCKS]; /* place of each block's first movie */
    float score[MAX_BLOCKS * HR_LANES];
} candidates;

/* Draws blocks of the pool and scores their movies, the last block's as many as are still wanted, from a
 * drawn one on; the others stand at minus infinity. The pool's movies are in no order, so those of a block
 * are as good as any. */
static void look_at_pool(candidates *c, const hr_bpr *bpr, int64_t step, int64_t number, const float *user,
                         const hr_pool *pool)
{
    for (int64_t b = 0; b < c->blocks; b++) {
        const hr_random4 draw =
            hr_philox(bpr->seed, HR_STREAM_NEGATIVE, (uint32_t)step, (uint64_t)(number * c->blocks + b));
        const int64_t block = hr_below(draw.word[0], (uint32_t)pool->blocks);
        const int64_t in_pool = pool->size - block * HR_LANES, wanted = bpr->candidates - b * HR_LANES;
        const int64_t lanes = in_pool < HR_LANES ? in_pool : HR_LANES;
        const int64_t from = hr_below(draw.word[1], (uint32_t)lanes);
        float *score = c->score + b * HR_LANES;
        c->first[b] = (int32_t)(block * HR_LANES);
        hr_pool_score(pool, user, block, score);
        for (int64_t i = 0; i < HR_LANES; i++)
            if (i >= lanes || (i - from + lanes) % lanes >= wanted)
                score[i] = -INFINITY;
    }
}

static int64_t highest(const candidates *c)
{
    int64_t best = 0;
    for (int64_t i = 1; i < c->blocks * HR_LANES; i++)
        best = c->score[i] > c->score[best] ? i : best;
    return best;
}

/* The place in the pool of the hardest candidate that the user has not rated, and its score; HR_NOT_HERE
 * where all are rated. Only those that come out on top are looked up. */
static int32_t hardest_free(candidates *c, const hr_bpr *bpr, const hr_positive *positive,
                            const hr_pool *pool, float *score)
{
    for (;;) {
        const int64_t best = highest(c);
        const int32_t place = c->first[best / HR_LANES] + (int32_t)(best % HR_LANES);
        *score = c->score[best];
        if (*score == -INFINITY)
            return HR_NOT_HERE;
        if (!hr_locate_rated(bpr->shard, positive->user_slot, pool->movie[place]))
            return place;
        c->score[best] = -INFINITY;
    }
}

/* Picks the hardest free candidate and scores the pair. */
static void score_sample(hr_bpr *bpr, int64_t step, const hr_positive *positive, int64_t index, double scale,
                         const float *output, const hr_pool *pool)
{
    const int64_t dim = pool->dim;
    const float *user = output + positive->user_row * dim;
    float best;
    candidates c;
    c.blocks = (bpr->candidates + HR_LANES - 1) / HR_LANES;
    look_at_pool(&c, bpr, step, positive->number, user, pool);
    bpr->negative[index] = hardest_free(&c, bpr, positive, pool, &best);
    bpr->slope[index] = bpr->loss[index] = 0.0F;
    if (bpr->negative[index] == HR_NOT_HERE)
        return;
    const float difference = dot(user, output + positive->movie_row * dim, dim) - best;
    /* -ln sigmoid(d) = ln(1 + exp(-d)), without overflow for large -d */
    bpr->loss[index] = (float)scale * (fmaxf(-difference, 0.0F) + log1pf(expf(-fabsf(difference))));
    bpr->slope[index] = (float)-scale / (1.0F + expf(difference));
}

/* Adds the gradients of columns first … end - 1; columns do not meet, so threads take columns. */
HR_SIMD static void add_gradients(const hr_bpr *bpr, const hr_positive *positives, int64_t count,
                                  const float *output, hr_pool *pool, float *gradient, int64_t first,
                                  int64_t end)
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

/* Whole cache lines, as many as leave every thread some. */
static int64_t columns_a_thread(int64_t dim)
{
    const int64_t lines = (dim + HR_LANES - 1) / HR_LANES, threads = omp_get_max_threads();
    return (lines + threads - 1) / threads * HR_LANES;
}

static double sum_losses(const hr_bpr *bpr, int64_t count)
{
    double loss = 0.0;
    for (int64_t s = 0; s < count; s++)
        loss += bpr->loss[s];
    return loss;
}

/* Counts what the samples used: users, positives and negatives are different rows, so threads take one each.
 */
static void add_uses(const hr_bpr *bpr, const hr_positive *positives, int64_t count, hr_pool *pool,
                     float *uses)
{
#pragma omp parallel sections
    {
#pragma omp section
        for (int64_t s = 0; s < count; s++)
            if (bpr->negative[s] != HR_NOT_HERE)
                uses[positives[s].user_row] += 1.0F;
#pragma omp section
        for (int64_t s = 0; s < count; s++)
            if (bpr->negative[s] != HR_NOT_HERE)
                uses[positives[s].movie_row] += 1.0F;
#pragma omp section
        for (int64_t s = 0; s < count; s++)
            if (bpr->negative[s] != HR_NOT_HERE)
                pool->gradient[bpr->negative[s] * (pool->dim + 1) + pool->dim] += 1.0F;
    }
}

double hr_bpr_step(hr_bpr *bpr, int64_t step, const hr_positive *positives, int64_t count, double scale,
                   const float *output, hr_pool *pool, float *gradient, float *uses)
{
#pragma omp parallel for schedule(static)
    for (int64_t s = 0; s < count; s++)
        score_sample(bpr, step, &positives[s], s, scale, output, pool);
    const int64_t share = columns_a_thread(pool->dim);
#pragma omp parallel for schedule(static)
    for (int64_t first = 0; first < pool->dim; first += share)
        add_gradients(bpr, positives, count, output, pool, gradient, first,
                      first + share < pool->dim ? first + share : pool->dim);
    add_uses(bpr, positives, count, pool, uses);
    return sum_losses(bpr, count);
}
