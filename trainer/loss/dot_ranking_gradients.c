#include "io/base/even.h"
#include "trainer/kernels/scores.h"
#include "trainer/loss/dot_ranking.h"
#include "trainer/loss/ranking_loss.h"

#include <math.h>

/* The index in the pool of the movie of score number `score` of a sample, number s of a chunk. */
static int32_t index_of(const hr_dot_ranking *r, const hr_positive *positive, int64_t s, int64_t score)
{
    return r->pool.is_own ? (int32_t)positive->number
                          : hr_candidate_scores_index(&r->candidate_scores, s, score);
}

static bool is_free(const hr_dot_ranking *r, const hr_positive *positive, int32_t index)
{
    return !hr_locate_rated(&r->graph->shard, positive->user_slot, r->pool.movie[index]);
}

/* Finds the candidate with the highest score that the user has not rated, and moves its score to the front.
 * Only the highest are looked up among the user's movies. Returns the number of negatives: 1, or 0 where the
 * user has rated all candidates. */
static int64_t take_hardest(const hr_dot_ranking *r, const hr_positive *positive, int64_t s, float *scores,
                            hr_score_gradient *negative)
{
    const int64_t count = r->pool.is_own ? 1 : r->scored;
    for (;;) {
        const int64_t best = hr_highest(scores, count);
        if (scores[best] == -INFINITY)
            return 0;
        negative->index = index_of(r, positive, s, best);
        if (is_free(r, positive, negative->index)) {
            scores[0] = scores[best];
            return 1;
        }
        scores[best] = -INFINITY;
    }
}

/* Finds all candidates that the user has not rated, and moves their scores to the front. */
static int64_t take_free(const hr_dot_ranking *r, const hr_positive *positive, int64_t s, float *scores,
                         hr_score_gradient *negative)
{
    const int64_t count = r->pool.is_own ? 1 : r->scored;
    int64_t taken = 0;
    for (int64_t i = 0; i < count; i++) {
        if (scores[i] == -INFINITY)
            continue;
        const int32_t index = index_of(r, positive, s, i);
        if (!is_free(r, positive, index))
            continue;
        negative[taken].index = index;
        scores[taken++] = scores[i];
    }
    return taken;
}

/* Loss and derivatives of a sample, number s of its chunk, from its scores, which are overwritten. */
static void evaluate_sample(hr_dot_ranking *r, const hr_loss_batch *b, int64_t sample, int64_t s,
                            float *scores)
{
    const float scale = (float)b->scale;
    const hr_positive *positive = &b->positives[sample];
    hr_score_gradient *gradient = hr_dot_ranking_sample(r, sample), *negative = gradient + 1;
    const int64_t taken = r->kind == HR_LOSS_BPR ? take_hardest(r, positive, s, scores, negative)
                                                 : take_free(r, positive, s, scores, negative);
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

/* Scores of candidates, then of the positive, by this rank's columns. */
static void score_chunk(hr_dot_ranking *r, const hr_loss_batch *b, int64_t first, int64_t count)
{
    const hr_positive *positive = b->positives + first;
    const int64_t dim = r->pool.dim, width = r->scored + 1;
    const float *output = b->output;
#pragma omp parallel for schedule(static)
    for (int64_t s = 0; s < count; s++) {
        const float *user = output + positive[s].user_row * dim;
        if (s + AHEAD < count) {
            prefetch_row(output + positive[s + AHEAD].user_row * dim, dim);
            prefetch_row(output + positive[s + AHEAD].movie_row * dim, dim);
        }
        r->scores[s * width + r->scored] = hr_dot(user, output + positive[s].movie_row * dim, dim);
        if (r->pool.is_own)
            r->scores[s * width] = hr_dot(user, r->pool.row + positive[s].number * dim, dim);
    }
    if (!r->pool.is_own)
        hr_candidate_scores_fill(&r->candidate_scores, b->step, positive, count, output, r->scores, width);
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
        if (s + 2 * AHEAD < end)
            __builtin_prefetch(r->graph->shard.rated_ptr + b->positives[first + s + 2 * AHEAD].user_slot);
        if (s + AHEAD < end)
            hr_locate_prefetch_rated(&r->graph->shard, b->positives[first + s + AHEAD].user_slot);
        evaluate_sample(r, b, first + s, s, r->scores + (s - mine) * width);
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
