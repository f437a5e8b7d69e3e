#include "io/base/even.h"
#include "trainer/kernels/scores.h"
#include "trainer/loss/dot_ranking.h"
#include "trainer/loss/ranking_loss.h"

#include <math.h>

static bool is_candidate(const hr_candidate_block *block, int64_t lane)
{
    const int64_t around = lane < block->first ? block->lanes : 0;
    return lane < block->lanes && lane - block->first + around < block->count;
}

/* Scores a sample's candidate blocks; lanes that are not candidates get minus infinity. */
static void score_candidates(const hr_dot_ranking *r, int64_t step, int64_t number, const float *user,
                             float *scores)
{
    for (int64_t i = 0; i < r->candidates.blocks; i++) {
        const hr_candidate_block block = hr_candidates_block(&r->candidates, &r->pool, step, number, i);
        float *score = scores + i * HR_LANES;
        hr_interleaved_rows_multiply(&r->pool.interleaved, user, block.block, score);
        for (int64_t lane = 0; lane < HR_LANES && block.count < HR_LANES; lane++)
            if (!is_candidate(&block, lane))
                score[lane] = -INFINITY;
    }
}

/* Scores of a sample's candidates, then of its positive, by this rank's columns. */
static void score_sample(const hr_dot_ranking *r, const hr_loss_batch *b, const hr_positive *positive,
                         float *scores)
{
    const int64_t dim = r->pool.dim;
    const float *user = b->output + positive->user_row * dim;
    if (r->pool.is_own)
        scores[0] = hr_dot(user, r->pool.row + positive->number * dim, dim);
    else
        score_candidates(r, b->step, positive->number, user, scores);
    scores[r->scored] = hr_dot(user, b->output + positive->movie_row * dim, dim);
}

/* The index in the pool of the movie of a sample's score number `score`. */
static int32_t index_of(const hr_dot_ranking *r, int64_t step, int64_t number, int64_t score)
{
    if (r->pool.is_own)
        return (int32_t)number;
    const hr_candidate_block block =
        hr_candidates_block(&r->candidates, &r->pool, step, number, score / HR_LANES);
    return (int32_t)(block.block * HR_LANES + score % HR_LANES);
}

static bool is_free(const hr_dot_ranking *r, const hr_positive *positive, int32_t index)
{
    return !hr_locate_rated(&r->graph->shard, positive->user_slot, r->pool.movie[index]);
}

/* Finds the candidate with the highest score that the user has not rated, and moves its score to the front.
 * Only the highest are looked up among the user's movies. Returns the number of negatives: 1, or 0 where the
 * user has rated all candidates. */
static int64_t take_hardest(const hr_dot_ranking *r, int64_t step, const hr_positive *positive, float *scores,
                            hr_score_gradient *negative)
{
    const int64_t count = r->pool.is_own ? 1 : r->scored;
    for (;;) {
        const int64_t best = hr_highest(scores, count);
        if (scores[best] == -INFINITY)
            return 0;
        negative->index = index_of(r, step, positive->number, best);
        if (is_free(r, positive, negative->index)) {
            scores[0] = scores[best];
            return 1;
        }
        scores[best] = -INFINITY;
    }
}

/* Finds all candidates that the user has not rated, and moves their scores to the front. */
static int64_t take_free(const hr_dot_ranking *r, int64_t step, const hr_positive *positive, float *scores,
                         hr_score_gradient *negative)
{
    const int64_t count = r->pool.is_own ? 1 : r->scored;
    int64_t taken = 0;
    for (int64_t i = 0; i < count; i++) {
        if (scores[i] == -INFINITY)
            continue;
        const int32_t index = index_of(r, step, positive->number, i);
        if (!is_free(r, positive, index))
            continue;
        negative[taken].index = index;
        scores[taken++] = scores[i];
    }
    return taken;
}

/* Loss and derivatives of a sample from its scores, which are overwritten. */
static void evaluate_sample(hr_dot_ranking *r, const hr_loss_batch *b, int64_t sample, float *scores)
{
    const float scale = (float)b->scale;
    const hr_positive *positive = &b->positives[sample];
    hr_score_gradient *gradient = hr_dot_ranking_sample(r, sample), *negative = gradient + 1;
    const int64_t taken = r->kind == HR_LOSS_BPR ? take_hardest(r, b->step, positive, scores, negative)
                                                 : take_free(r, b->step, positive, scores, negative);
    float derivative = 0.0F;
    const float loss =
        taken > 0 ? hr_ranking_loss(r->kind, scores[r->scored], scores, taken, &derivative) : 0.0F;
    r->sample_loss[sample] = scale * loss;
    *gradient = (hr_score_gradient){taken > 0 ? 0 : HR_NOT_HERE, scale * derivative};
    for (int64_t i = 0; i < taken; i++)
        negative[i].derivative = scale * scores[i];
    for (int64_t i = taken; i < r->negatives; i++)
        negative[i] = (hr_score_gradient){HR_NOT_HERE, 0.0F};
}

/* Samples' users lie anywhere in memory: rows and lists of movies are prefetched so many samples ahead. */
enum { AHEAD = 4 };

static void prefetch_row(const float *row, int64_t dim)
{
    for (int64_t c = 0; c < dim; c += HR_LANES) /* a cache line */
        __builtin_prefetch(row + c);
}

static void score_chunk(hr_dot_ranking *r, const hr_loss_batch *b, int64_t first, int64_t count)
{
    const hr_positive *positive = b->positives + first;
    const int64_t dim = r->pool.dim;
#pragma omp parallel for schedule(static)
    for (int64_t s = 0; s < count; s++) {
        if (s + AHEAD < count)
            prefetch_row(b->output + positive[s + AHEAD].user_row * dim, dim);
        score_sample(r, b, &positive[s], r->scores + s * (r->scored + 1));
    }
}

/* Evaluates samples first … first + count - 1, each on one group, from the summed scores of all groups. */
static hr_status evaluate_chunk(hr_dot_ranking *r, const hr_loss_batch *b, int64_t first, int64_t count,
                                hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm *groups = &r->graph->grid.groups;
    const int64_t width = r->scored + 1, sent = (1 + r->negatives) * (int64_t)sizeof(hr_score_gradient);
    hr_even_shares(count, groups->size, r->share);
    HR_TRY(hr_sum_shares_f32(groups, r->scores, r->share, width, err));
    const int64_t mine = r->share[groups->rank], end = r->share[groups->rank + 1];
#pragma omp parallel for schedule(static)
    for (int64_t s = mine; s < end; s++) {
        if (s + AHEAD < end)
            hr_locate_prefetch_rated(&r->graph->shard, b->positives[first + s + AHEAD].user_slot);
        evaluate_sample(r, b, first + s, r->scores + (s - mine) * width);
    }
    HR_TRY(hr_gather_shares(groups, hr_dot_ranking_sample(r, first), r->share, sent, err));
    HR_TRY(hr_gather_shares(groups, r->sample_loss + first, r->share, sizeof(float), err));
    if (groups->size > 1)
        r->bytes += (count - (end - mine)) * width * (int64_t)sizeof(float) +
                    (end - mine) * (groups->size - 1) * (sent + (int64_t)sizeof(float));
done:
    return status;
}

/* Columns are independent, so threads take columns. */
static void add_gradients(const hr_dot_ranking *r, const hr_loss_batch *b)
{
    const int64_t dim = r->pool.dim, share = hr_columns_a_thread(dim);
    const hr_sample_gradients samples = {.sample = b->positives,
                                         .samples = b->count,
                                         .dim = dim,
                                         .negatives = r->negatives,
                                         .gradient = r->gradient,
                                         .output = b->output,
                                         .pool = r->pool.row,
                                         .output_sums = *b->gradient,
                                         .pool_sums = r->pool.sums};
#pragma omp parallel for schedule(static)
    for (int64_t c = 0; c < dim; c += share)
        hr_sample_gradients_add(&samples, c, c + share < dim ? c + share : dim);
}

static double sum_losses(const hr_dot_ranking *r, const hr_loss_batch *b)
{
    hr_scalar_sum loss = {.unit = b->unit};
    for (int64_t s = 0; s < b->count; s++)
        hr_scalar_sum_add(&loss, (double)r->sample_loss[s]);
    return loss.value;
}

/* Counts the negatives of a sample as used. */
static void count_negatives(const hr_dot_ranking *r, const hr_score_gradient *negative)
{
    int64_t count = 0;
    while (count < r->negatives && negative[count].index != HR_NOT_HERE)
        count++;
    for (int64_t i = 0; i < count; i++)
        hr_pool_count(&r->pool, negative[i].index, hr_ranking_use(r->kind, count));
}

/* Counts the rows that samples use. Rows of users, of positives and of negatives are different rows, so that
 * threads take one kind each. */
static void add_uses(const hr_dot_ranking *r, const hr_loss_batch *b)
{
#pragma omp parallel sections
    {
#pragma omp section
        for (int64_t s = 0; s < b->count; s++)
            if (hr_dot_ranking_sample(r, s)->index != HR_NOT_HERE)
                b->uses[b->positives[s].user_row] += 1.0F;
#pragma omp section
        for (int64_t s = 0; s < b->count; s++)
            if (hr_dot_ranking_sample(r, s)->index != HR_NOT_HERE)
                b->uses[b->positives[s].movie_row] += 1.0F;
#pragma omp section
        for (int64_t s = 0; s < b->count; s++)
            count_negatives(r, hr_dot_ranking_sample(r, s) + 1);
    }
}

hr_status hr_dot_ranking_gradients(hr_dot_ranking *ranking, const hr_loss_batch *batch, double *loss,
                                   hr_error *err)
{
    hr_status status = HR_OK;
    for (int64_t first = 0; first < batch->count; first += HR_SAMPLE_CHUNK) {
        const int64_t left = batch->count - first, count = left < HR_SAMPLE_CHUNK ? left : HR_SAMPLE_CHUNK;
        score_chunk(ranking, batch, first, count);
        HR_TRY(evaluate_chunk(ranking, batch, first, count, err));
    }
    add_gradients(ranking, batch);
    add_uses(ranking, batch);
    *loss = sum_losses(ranking, batch);
done:
    return status;
}
