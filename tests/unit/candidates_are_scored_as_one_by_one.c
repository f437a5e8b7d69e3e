/* Scores of candidates, block after block of the pool, have the bits of those of each sample alone: pools whose last block
 * is not full, more and fewer candidates than a block has. */
#include "io/base/philox.h"
#include "tests/support/cmocka_tests.h"
#include "trainer/loss/candidate_scores.h"

#include <math.h>
#include <string.h>

enum { USERS = 9, DIM = 10, SAMPLES = 50, STEP = 3, POOL = 100, MOST = 40, WIDTH = 3 * HR_LANES + 1 };

static void fill(float *values, int64_t count, uint32_t draw)
{
    for (int64_t i = 0; i < count; i++)
        values[i] = (float)hr_uniform(hr_philox(7, HR_STREAM_SYNTH, draw, (uint64_t)i).word[0]) - 0.5F;
}

/* Whether a lane of a block is a candidate, counted from the first one on. */
static bool is_of_block(const hr_candidate_block *block, int64_t lane)
{
    bool found = false;
    for (int64_t k = 0; k < block->count; k++)
        found |= (block->first + k) % block->lanes == lane;
    return found;
}

/* Whether a sample's list of candidates has an index of the pool. */
static bool is_listed(const hr_candidates *candidates, const hr_pool *pool, int64_t number, int32_t index)
{
    int32_t list[MOST];
    const int64_t count = hr_candidates_list(candidates, pool, STEP, number, list);
    bool found = false;
    for (int64_t i = 0; i < count; i++)
        found |= list[i] == index;
    return found;
}

static void check_sample(const hr_candidate_scores *scores, const hr_positive *sample, int64_t s,
                         const float *output, const float *score)
{
    for (int64_t i = 0; i < scores->candidates->blocks; i++) {
        float alone[HR_LANES];
        const hr_candidate_block block =
            hr_candidates_block(scores->candidates, scores->pool, STEP, sample->number, i);
        const int32_t first = hr_candidate_scores_index(scores, s, i * HR_LANES);
        hr_interleaved_rows_multiply(&scores->pool->interleaved, output + sample->user_row * DIM,
                                     first / HR_LANES, alone);
        for (int32_t lane = 0; lane < HR_LANES; lane++) {
            const float found = score[i * HR_LANES + lane];
            if (found > -INFINITY)
                assert_memory_equal(&found, &alone[lane], sizeof found);
            assert_int_equal(found > -INFINITY, is_of_block(&block, lane));
            if (found > -INFINITY)
                assert_true(is_listed(scores->candidates, scores->pool, sample->number, first + lane));
        }
    }
}

static void check(int64_t count)
{
    static float rows[POOL * DIM], output[USERS * DIM], score[SAMPLES * WIDTH];
    hr_error err;
    hr_pool pool = {.size = POOL, .dim = DIM};
    hr_candidate_scores scores;
    hr_positive sample[SAMPLES];
    const hr_candidates candidates = hr_candidates_of(5, count);
    fill(rows, POOL * DIM, 1);
    fill(output, USERS * DIM, 2);
    for (int s = 0; s < SAMPLES; s++)
        sample[s] = (hr_positive){.number = 3 * s, .user_row = s * 4 % USERS};
    assert_ok(hr_interleaved_rows_create(&pool.interleaved, POOL, DIM, HR_SUM_PLAIN, &err));
    hr_interleaved_rows_fill(&pool.interleaved, rows, POOL);
    assert_ok(hr_candidate_scores_create(&scores, &candidates, &pool, SAMPLES, &err));
    hr_candidate_scores_fill(&scores, STEP, sample, SAMPLES, output, score, WIDTH);
    for (int s = 0; s < SAMPLES; s++)
        check_sample(&scores, &sample[s], s, output, score + s * WIDTH);
    hr_candidate_scores_free(&scores);
    hr_interleaved_rows_free(&pool.interleaved);
}

static void any_number_of_candidates(void **state)
{
    (void)state;
    check(1);
    check(16);
    check(MOST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_number_of_candidates)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
