#include "trainer/bpr.h"

#include "io/memory.h"
#include "io/philox.h"
#include "trainer/simd.h"

#include <math.h>

/* Samples that are scored, then judged, at a time: their scores stay in the second cache. */
enum { CHUNK = 2048 };

hr_status hr_bpr_create(hr_bpr *bpr, const hr_shard *shard, const hr_comm *groups, uint64_t seed,
                        int64_t candidates, int64_t batch, hr_error *err)
{
    hr_status status = HR_OK;
    bpr->shard = shard;
    bpr->groups = groups;
    bpr->seed = seed;
    bpr->candidates = candidates;
    bpr->places = (candidates + HR_LANES - 1) / HR_LANES * HR_LANES;
    HR_ALLOC(bpr->judged, batch);
    HR_ALLOC(bpr->scores, CHUNK * (bpr->places + 1));
done:
    return status;
}

void hr_bpr_free(hr_bpr *bpr)
{
    free(bpr->judged);
    free(bpr->scores);
    *bpr = (hr_bpr){0};
}

/* A call of hr_bpr_step. */
typedef struct batch {
    hr_bpr *bpr;
    int64_t step;
    const hr_positive *positives;
    float scale;
    const float *output;
    const hr_pool *pool;
} batch;

/* A block of the pool that a sample looks at: lanes `from`, `from` + 1 … of its `lanes`, in a circle. */
typedef struct look {
    int64_t block, lanes, from;
} look;

/* The pool's movies are in no order, so those of a block are as good as any. */
static look draw_look(const batch *b, int64_t number, int64_t index)
{
    const int64_t blocks = b->bpr->places / HR_LANES;
    const hr_random4 draw =
        hr_philox(b->bpr->seed, HR_STREAM_NEGATIVE, (uint32_t)b->step, (uint64_t)(number * blocks + index));
    const int64_t block = hr_below(draw.word[0], (uint32_t)b->pool->blocks);
    const int64_t in_pool = b->pool->size - block * HR_LANES;
    const int64_t lanes = in_pool < HR_LANES ? in_pool : HR_LANES;
    return (look){block, lanes, hr_below(draw.word[1], (uint32_t)lanes)};
}

/* Scores the blocks that a sample looks at, of the last as many movies as are still wanted; the others stand
 * at minus infinity. */
static void score_looks(const batch *b, int64_t number, const float *user, float *scores)
{
    for (int64_t i = 0; i < b->bpr->places / HR_LANES; i++) {
        const look l = draw_look(b, number, i);
        const int64_t wanted = b->bpr->candidates - i * HR_LANES;
        float *score = scores + i * HR_LANES;
        hr_pool_score(b->pool, user, l.block, score);
        for (int64_t lane = 0; lane < HR_LANES; lane++)
            if (lane >= l.lanes || (lane - l.from + l.lanes) % l.lanes >= wanted)
                score[lane] = -INFINITY;
    }
}

/* Scores of a sample's candidates, then of its positive, by this rank's columns. */
static void score_sample(const batch *b, const hr_positive *positive, float *scores)
{
    const int64_t dim = b->pool->dim;
    const float *user = b->output + positive->user_row * dim;
    if (b->pool->is_own)
        scores[0] = hr_dot(user, b->pool->row + positive->number * dim, dim);
    else
        score_looks(b, positive->number, user, scores);
    scores[b->bpr->places] = hr_dot(user, b->output + positive->movie_row * dim, dim);
}

static int32_t place_of(const batch *b, int64_t number, int64_t candidate)
{
    if (b->pool->is_own)
        return (int32_t)number;
    return (int32_t)(draw_look(b, number, candidate / HR_LANES).block * HR_LANES + candidate % HR_LANES);
}

/* The first of the highest scores. */
HR_SIMD static int64_t highest(const float *scores, int64_t count)
{
    float best = scores[0];
    int64_t at = 0;
#pragma omp simd reduction(max : best)
    for (int64_t i = 0; i < count; i++)
        best = scores[i] > best ? scores[i] : best;
    while (at + 1 < count && scores[at] != best)
        at++;
    return at;
}

/* The place in the pool of the hardest candidate that the user has not rated, and its score; HR_NOT_HERE
 * where all are rated. Only those that come out on top are looked up. */
static int32_t hardest_free(const batch *b, const hr_positive *positive, float *scores, float *score)
{
    const int64_t count = b->pool->is_own ? 1 : b->bpr->places;
    for (;;) {
        const int64_t best = highest(scores, count);
        *score = scores[best];
        if (*score == -INFINITY)
            return HR_NOT_HERE;
        const int32_t place = place_of(b, positive->number, best);
        if (!hr_locate_rated(b->bpr->shard, positive->user_slot, b->pool->movie[place]))
            return place;
        scores[best] = -INFINITY;
    }
}

static hr_judgement judge(const batch *b, const hr_positive *positive, float *scores)
{
    float best;
    hr_judgement j = {.negative = hardest_free(b, positive, scores, &best)};
    if (j.negative == HR_NOT_HERE)
        return j;
    const float difference = scores[b->bpr->places] - best;
    /* -ln sigmoid(d) = ln(1 + exp(-d)), without overflow for large -d */
    j.loss = b->scale * (fmaxf(-difference, 0.0F) + log1pf(expf(-fabsf(difference))));
    j.slope = -b->scale / (1.0F + expf(difference));
    return j;
}

/* Samples first … first + count - 1: scored by all groups, judged by one each. */
static hr_status judge_chunk(const batch *b, int64_t first, int64_t count, hr_error *err)
{
    hr_status status = HR_OK;
    hr_bpr *bpr = b->bpr;
    const int64_t width = bpr->places + 1;
#pragma omp parallel for schedule(static)
    for (int64_t s = 0; s < count; s++)
        score_sample(b, &b->positives[first + s], bpr->scores + s * width);
    HR_TRY(hr_sum_shares(bpr->groups, bpr->scores, count, width, err));
    const int64_t mine = hr_block_first(count, bpr->groups->rank, bpr->groups->size);
    const int64_t end = hr_block_first(count, bpr->groups->rank + 1, bpr->groups->size);
#pragma omp parallel for schedule(static)
    for (int64_t s = mine; s < end; s++)
        bpr->judged[first + s] = judge(b, &b->positives[first + s], bpr->scores + (s - mine) * width);
    HR_TRY(hr_gather_shares(bpr->groups, bpr->judged + first, count, sizeof *bpr->judged, err));
    if (bpr->groups->size > 1)
        bpr->bytes += (count - (end - mine)) * width * (int64_t)sizeof(float) +
                      (end - mine) * (bpr->groups->size - 1) * (int64_t)sizeof(hr_judgement);
done:
    return status;
}

/* Adds the gradients of columns first … end - 1; columns do not meet, so threads take columns. */
HR_SIMD static void add_gradients(const hr_bpr *bpr, const hr_positive *positives, int64_t count,
                                  const float *output, hr_pool *pool, float *gradient, int64_t first,
                                  int64_t end)
{
    const int64_t dim = pool->dim;
    for (int64_t s = 0; s < count; s++) {
        if (bpr->judged[s].negative == HR_NOT_HERE)
            continue;
        const int64_t user = positives[s].user_row * dim, movie = positives[s].movie_row * dim;
        const float *negative = pool->row + bpr->judged[s].negative * dim;
        float *negative_gradient = pool->gradient + bpr->judged[s].negative * (dim + 1);
        const float slope = bpr->judged[s].slope;
#pragma omp simd
        for (int64_t c = first; c < end; c++) {
            gradient[user + c] += slope * (output[movie + c] - negative[c]);
            gradient[movie + c] += slope * output[user + c];
            negative_gradient[c] -= slope * output[user + c];
        }
    }
}

static double sum_losses(const hr_bpr *bpr, int64_t count)
{
    double loss = 0.0;
    for (int64_t s = 0; s < count; s++)
        loss += bpr->judged[s].loss;
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
            if (bpr->judged[s].negative != HR_NOT_HERE)
                uses[positives[s].user_row] += 1.0F;
#pragma omp section
        for (int64_t s = 0; s < count; s++)
            if (bpr->judged[s].negative != HR_NOT_HERE)
                uses[positives[s].movie_row] += 1.0F;
#pragma omp section
        for (int64_t s = 0; s < count; s++)
            if (bpr->judged[s].negative != HR_NOT_HERE)
                pool->gradient[bpr->judged[s].negative * (pool->dim + 1) + pool->dim] += 1.0F;
    }
}

hr_status hr_bpr_step(hr_bpr *bpr, int64_t step, const hr_positive *positives, int64_t count, double scale,
                      const float *output, hr_pool *pool, float *gradient, float *uses, double *loss,
                      hr_error *err)
{
    hr_status status = HR_OK;
    const batch b = {bpr, step, positives, (float)scale, output, pool};
    for (int64_t first = 0; first < count; first += CHUNK)
        HR_TRY(judge_chunk(&b, first, count - first < CHUNK ? count - first : CHUNK, err));
    const int64_t share = hr_columns_a_thread(pool->dim);
#pragma omp parallel for schedule(static)
    for (int64_t c = 0; c < pool->dim; c += share)
        add_gradients(bpr, positives, count, output, pool, gradient, c,
                      c + share < pool->dim ? c + share : pool->dim);
    add_uses(bpr, positives, count, pool, uses);
    *loss = sum_losses(bpr, count);
done:
    return status;
}
