#include "trainer/loss/candidate_scores.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"

#include <math.h>
#include <string.h>

hr_status hr_candidate_scores_create(hr_candidate_scores *scores, const hr_candidates *candidates,
                                     const hr_pool *pool, int64_t most, hr_error *err)
{
    hr_status status = HR_OK;
    *scores = (hr_candidate_scores){.candidates = candidates, .pool = pool};
    HR_ALLOC(scores->block, most * candidates->blocks);
    HR_ALLOC(scores->by_block, most * candidates->blocks);
    HR_ALLOC(scores->first, pool->interleaved.blocks + 1);
done:
    return status;
}

void hr_candidate_scores_free(hr_candidate_scores *scores)
{
    free(scores->block);
    free(scores->by_block);
    free(scores->first);
    *scores = (hr_candidate_scores){0};
}

static void draw_blocks(hr_candidate_scores *c, int64_t step, const hr_positive *sample, int64_t samples)
{
    const int64_t blocks = c->candidates->blocks;
#pragma omp parallel for schedule(static)
    for (int64_t s = 0; s < samples; s++)
        for (int64_t i = 0; i < blocks; i++)
            c->block[s * blocks + i] = hr_candidates_block(c->candidates, c->pool, step, sample[s].number, i);
}

/* Fills by_block and first, by a counting sort. */
static void sort_by_block(hr_candidate_scores *c, int64_t count)
{
    const int64_t blocks = c->pool->interleaved.blocks;
    memset(c->first, 0, (size_t)(blocks + 1) * sizeof *c->first);
    for (int64_t i = 0; i < count; i++)
        c->first[c->block[i].block + 1]++;
    hr_offsets_sum(c->first, blocks);
    for (int64_t i = 0; i < count; i++)
        c->by_block[c->first[c->block[i].block]++] = (int32_t)i;
    hr_offsets_restore(c->first, blocks);
}

/* Rows of users are fetched so many products ahead. */
enum { AHEAD = 4 };

static void prefetch_row(const float *row, int64_t dim)
{
    for (int64_t c = 0; c < dim; c += HR_LANES) /* a cache line */
        __builtin_prefetch(row + c);
}

static void multiply(const hr_candidate_scores *c, const hr_positive *sample, int64_t count,
                     const float *output, float *score, int64_t stride)
{
    const int64_t blocks = c->candidates->blocks, dim = c->pool->dim;
#pragma omp parallel for schedule(static)
    for (int64_t b = 0; b < c->pool->interleaved.blocks; b++)
        for (int64_t k = c->first[b]; k < c->first[b + 1]; k++) {
            const int64_t s = c->by_block[k] / blocks, i = c->by_block[k] % blocks;
            if (k + AHEAD < count)
                prefetch_row(output + sample[c->by_block[k + AHEAD] / blocks].user_row * dim, dim);
            hr_interleaved_rows_multiply(&c->pool->interleaved, output + sample[s].user_row * dim, b,
                                         score + s * stride + i * HR_LANES);
        }
}

static bool is_candidate(const hr_candidate_block *block, int64_t lane)
{
    const int64_t around = lane < block->first ? block->lanes : 0;
    return lane < block->lanes && lane - block->first + around < block->count;
}

static void leave_candidates(const hr_candidate_scores *c, int64_t samples, float *score, int64_t stride)
{
    const int64_t blocks = c->candidates->blocks;
#pragma omp parallel for schedule(static)
    for (int64_t s = 0; s < samples; s++)
        for (int64_t i = 0; i < blocks; i++) {
            const hr_candidate_block block = c->block[s * blocks + i];
            float *lanes = score + s * stride + i * HR_LANES;
            for (int64_t lane = 0; lane < HR_LANES && block.count < HR_LANES; lane++)
                lanes[lane] = is_candidate(&block, lane) ? lanes[lane] : -INFINITY;
        }
}

void hr_candidate_scores_fill(hr_candidate_scores *scores, int64_t step, const hr_positive *sample,
                              int64_t samples, const float *output, float *score, int64_t stride)
{
    const int64_t count = samples * scores->candidates->blocks;
    draw_blocks(scores, step, sample, samples);
    sort_by_block(scores, count);
    multiply(scores, sample, count, output, score, stride);
    leave_candidates(scores, samples, score, stride);
}

int32_t hr_candidate_scores_index(const hr_candidate_scores *scores, int64_t s, int64_t score)
{
    const hr_candidate_block *block = &scores->block[s * scores->candidates->blocks + score / HR_LANES];
    return (int32_t)(block->block * HR_LANES + score % HR_LANES);
}
