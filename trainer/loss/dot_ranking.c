#include "trainer/loss/dot_ranking.h"

#include "io/base/even.h"
#include "io/base/memory.h"
#include "trainer/kernels/simd.h"
#include "trainer/loss/ranking_loss.h"

#include <math.h>

hr_status hr_ranking_create(hr_ranking *ranking, const hr_shard *shard, const hr_comm *groups, hr_loss loss,
                            uint64_t seed, int64_t candidates, int64_t batch, hr_error *err)
{
    hr_status status = HR_OK;
    ranking->shard = shard;
    ranking->groups = groups;
    ranking->loss = loss;
    ranking->candidates = hr_candidates_of(seed, candidates);
    ranking->negatives = loss == HR_LOSS_BPR ? 1 : candidates;
    HR_ALLOC(ranking->verdict, batch * (1 + ranking->negatives));
    HR_ALLOC(ranking->sample_loss, batch);
    HR_ALLOC(ranking->scores, HR_SAMPLE_CHUNK * (ranking->candidates.blocks * HR_LANES + 1));
    HR_ALLOC(ranking->share, (int64_t)groups->size + 1);
done:
    return status;
}

void hr_ranking_free(hr_ranking *ranking)
{
    free(ranking->verdict);
    free(ranking->sample_loss);
    free(ranking->scores);
    free(ranking->share);
    *ranking = (hr_ranking){0};
}

/* A call of hr_ranking_step. */
typedef struct batch {
    hr_ranking *ranking;
    int64_t step;
    const hr_positive *positives;
    float scale;
    const float *output;
    const hr_pool *pool;
    int64_t places; /* scores of a sample's candidates: whole blocks of the pool */
} batch;

/* Whether a lane of a look is one of the first `wanted`, counted from where it begins. */
static bool is_wanted(const hr_look *look, int64_t lane, int64_t wanted)
{
    const int64_t around = lane < look->from ? look->lanes : 0;
    return lane < look->lanes && lane - look->from + around < wanted;
}

/* Scores the blocks that a sample looks at; movies that are not wanted stand at minus infinity. */
static void score_looks(const batch *b, int64_t number, const float *user, float *scores)
{
    const hr_candidates *candidates = &b->ranking->candidates;
    for (int64_t i = 0; i < candidates->blocks; i++) {
        const hr_look l = hr_candidates_look(candidates, b->pool, b->step, number, i);
        const int64_t wanted = candidates->wanted - i * HR_LANES;
        float *score = scores + i * HR_LANES;
        hr_row_blocks_multiply(&b->pool->blocks, user, l.block, score);
        for (int64_t lane = 0; lane < HR_LANES; lane++)
            if (!is_wanted(&l, lane, wanted))
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
    scores[b->places] = hr_dot(user, b->output + positive->movie_row * dim, dim);
}

static int32_t place_of(const batch *b, int64_t number, int64_t candidate)
{
    if (b->pool->is_own)
        return (int32_t)number;
    const hr_look look =
        hr_candidates_look(&b->ranking->candidates, b->pool, b->step, number, candidate / HR_LANES);
    return (int32_t)(look.block * HR_LANES + candidate % HR_LANES);
}

static bool is_free(const batch *b, const hr_positive *positive, int32_t place)
{
    return !hr_locate_rated(b->ranking->shard, positive->user_slot, b->pool->movie[place]);
}

/* Finds the hardest candidate that the user has not rated, and its score. Only those that come out on top
 * are looked up. Returns how many there are: 1 or, where all are rated, 0. */
static int64_t take_hardest(const batch *b, const hr_positive *positive, float *scores,
                            hr_score_gradient *negative)
{
    const int64_t count = b->pool->is_own ? 1 : b->places;
    for (;;) {
        const int64_t best = hr_highest(scores, count);
        if (scores[best] == -INFINITY)
            return 0;
        negative->index = place_of(b, positive->number, best);
        if (is_free(b, positive, negative->index)) {
            scores[0] = scores[best];
            return 1;
        }
        scores[best] = -INFINITY;
    }
}

/* Finds all candidates that the user has not rated, and moves their scores to the front. */
static int64_t take_free(const batch *b, const hr_positive *positive, float *scores,
                         hr_score_gradient *negative)
{
    const int64_t count = b->pool->is_own ? 1 : b->places;
    int64_t taken = 0;
    for (int64_t i = 0; i < count; i++) {
        if (scores[i] == -INFINITY)
            continue;
        const int32_t place = place_of(b, positive->number, i);
        if (!is_free(b, positive, place))
            continue;
        negative[taken].index = place;
        scores[taken++] = scores[i];
    }
    return taken;
}

static void judge(const batch *b, int64_t sample, float *scores)
{
    hr_ranking *ranking = b->ranking;
    const hr_positive *positive = &b->positives[sample];
    hr_score_gradient *verdict = hr_ranking_verdicts(ranking, sample), *negative = verdict + 1;
    const int64_t taken = ranking->loss == HR_LOSS_BPR ? take_hardest(b, positive, scores, negative)
                                                       : take_free(b, positive, scores, negative);
    float slope = 0.0F;
    const float loss =
        taken > 0 ? hr_ranking_loss(ranking->loss, scores[b->places], scores, taken, &slope) : 0.0F;
    ranking->sample_loss[sample] = b->scale * loss;
    *verdict = (hr_score_gradient){taken > 0 ? 0 : HR_NOT_HERE, b->scale * slope};
    for (int64_t i = 0; i < taken; i++)
        negative[i].derivative = b->scale * scores[i];
    for (int64_t i = taken; i < ranking->negatives; i++)
        negative[i] = (hr_score_gradient){HR_NOT_HERE, 0.0F};
}

/* Samples are of users anywhere in memory: what one of them needs is fetched while others before it are at
 * work. */
enum { AHEAD = 4 };

static void fetch_users_row(const batch *b, const hr_positive *positive)
{
    const float *row = b->output + positive->user_row * b->pool->dim;
    for (int64_t c = 0; c < b->pool->dim; c += HR_LANES) /* a cache line */
        __builtin_prefetch(row + c);
}

/* Samples first … first + count - 1: scored by all groups, judged by one each. */
static hr_status judge_chunk(const batch *b, int64_t first, int64_t count, hr_error *err)
{
    hr_status status = HR_OK;
    hr_ranking *ranking = b->ranking;
    const hr_comm *groups = ranking->groups;
    const int64_t width = b->places + 1;
    const int64_t verdict_bytes = (1 + ranking->negatives) * (int64_t)sizeof(hr_score_gradient);
#pragma omp parallel for schedule(static)
    for (int64_t s = 0; s < count; s++) {
        if (s + AHEAD < count)
            fetch_users_row(b, &b->positives[first + s + AHEAD]);
        score_sample(b, &b->positives[first + s], ranking->scores + s * width);
    }
    hr_even_shares(count, groups->size, ranking->share);
    HR_TRY(hr_sum_shares_f32(groups, ranking->scores, ranking->share, width, err));
    const int64_t mine = ranking->share[groups->rank], end = ranking->share[groups->rank + 1];
#pragma omp parallel for schedule(static)
    for (int64_t s = mine; s < end; s++) {
        if (s + AHEAD < end)
            hr_locate_rated_soon(ranking->shard, b->positives[first + s + AHEAD].user_slot);
        judge(b, first + s, ranking->scores + (s - mine) * width);
    }
    HR_TRY(hr_gather_shares(groups, hr_ranking_verdicts(ranking, first), ranking->share, verdict_bytes, err));
    HR_TRY(hr_gather_shares(groups, ranking->sample_loss + first, ranking->share, sizeof(float), err));
    if (groups->size > 1)
        ranking->bytes += (count - (end - mine)) * width * (int64_t)sizeof(float) +
                          (end - mine) * (groups->size - 1) * (verdict_bytes + (int64_t)sizeof(float));
done:
    return status;
}

/* Columns do not meet, so threads take columns. */
static void add_gradients(const batch *b, int64_t count, const hr_row_sums *gradient)
{
    const hr_pool *pool = b->pool;
    const int64_t share = hr_columns_a_thread(pool->dim);
    const hr_sample_gradients samples = {.sample = b->positives,
                                         .samples = count,
                                         .dim = pool->dim,
                                         .negatives = b->ranking->negatives,
                                         .gradient = b->ranking->verdict,
                                         .output = b->output,
                                         .pool = pool->row,
                                         .output_sums = *gradient,
                                         .pool_sums = pool->sums};
#pragma omp parallel for schedule(static)
    for (int64_t c = 0; c < pool->dim; c += share)
        hr_sample_gradients_add(&samples, c, c + share < pool->dim ? c + share : pool->dim);
}

static double sum_losses(const hr_ranking *ranking, int64_t count, double unit)
{
    double loss = 0.0;
    for (int64_t s = 0; s < count; s++)
        loss += hr_exact_round((double)ranking->sample_loss[s], unit);
    return loss;
}

/* How many negatives a sample has. */
static int64_t count_negatives(const hr_ranking *ranking, const hr_score_gradient *negative)
{
    int64_t count = 0;
    while (count < ranking->negatives && negative[count].index != HR_NOT_HERE)
        count++;
    return count;
}

/* Counts what the samples used: users, positives and negatives are different rows, so threads take one each.
 */
static void add_uses(const batch *b, int64_t count, hr_pool *pool, float *uses)
{
    const hr_ranking *ranking = b->ranking;
    const hr_positive *positives = b->positives;
#pragma omp parallel sections
    {
#pragma omp section
        for (int64_t s = 0; s < count; s++)
            if (hr_ranking_verdicts(ranking, s)->index != HR_NOT_HERE)
                uses[positives[s].user_row] += 1.0F;
#pragma omp section
        for (int64_t s = 0; s < count; s++)
            if (hr_ranking_verdicts(ranking, s)->index != HR_NOT_HERE)
                uses[positives[s].movie_row] += 1.0F;
#pragma omp section
        for (int64_t s = 0; s < count; s++) {
            const hr_score_gradient *negative = hr_ranking_verdicts(ranking, s) + 1;
            const int64_t negatives = count_negatives(ranking, negative);
            for (int64_t i = 0; i < negatives; i++)
                hr_pool_count(pool, negative[i].index, hr_ranking_use(ranking->loss, negatives));
        }
    }
}

hr_status hr_ranking_step(hr_ranking *ranking, int64_t step, const hr_positive *positives, int64_t count,
                          double scale, const float *output, hr_pool *pool, const hr_row_sums *gradient,
                          float *uses, double unit, double *loss, hr_error *err)
{
    hr_status status = HR_OK;
    const batch b = {
        ranking, step, positives, (float)scale, output, pool, ranking->candidates.blocks * HR_LANES};
    for (int64_t first = 0; first < count; first += HR_SAMPLE_CHUNK)
        HR_TRY(
            judge_chunk(&b, first, count - first < HR_SAMPLE_CHUNK ? count - first : HR_SAMPLE_CHUNK, err));
    add_gradients(&b, count, gradient);
    add_uses(&b, count, pool, uses);
    *loss = sum_losses(ranking, count, unit);
done:
    return status;
}
