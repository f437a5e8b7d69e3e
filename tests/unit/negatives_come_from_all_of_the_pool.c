/* However few candidates a sample scores, every pool movie that its user has not rated is a negative of some
 * sample, and none that the user has; of many candidates the one with the highest score is taken. */
#include "tests/support/cmocka_tests.h"
#include "tests/support/shard_of.h"
#include "tests/support/toy.h"
#include "trainer/loss/dot_ranking.h"

#include <stdlib.h>

enum { USERS = 12, MOVIES = 45, POOL = 40, DIM = 3, SAMPLES = 6000 };

/* Movie i of the pool is movie i, and scores i for a user whose first column is 1. */
static void fill_pool(hr_pool *pool)
{
    for (int32_t i = 0; i < POOL; i++) {
        pool->movie[i] = i;
        pool->row[i * DIM] = (float)i;
    }
    hr_interleaved_rows_fill(&pool->interleaved, pool->row, POOL);
}

/* Counts in `seen` how often each movie of the pool is the negative of one of user 0's samples. */
static void count_negatives(const hr_shard *shard, hr_loss kind, int64_t candidates, int64_t seen[POOL])
{
    hr_error err;
    hr_graph_context graph = {.shard = *shard,
                              .grid = {.parts = {.size = 1}, .groups = {.size = 1}, .columns = DIM}};
    const hr_sampling_config sampling = {.seed = 1, .batch = SAMPLES, .pool = POOL, .candidates = candidates};
    double total;
    hr_dot_ranking ranking = {0};
    static hr_positive positives[SAMPLES];
    float *output = calloc((size_t)(shard->owned * DIM), sizeof *output);
    hr_row_sums sums = {0};
    float *uses = calloc((size_t)shard->owned, sizeof *uses);
    assert_ok(hr_row_sums_create(&sums, shard->owned * DIM, false, &err));
    assert_ok(hr_dot_ranking_create(&ranking, &graph, kind, &sampling, &err));
    output[0] = 1.0F;
    fill_pool(&ranking.pool);
    for (int64_t s = 0; s < SAMPLES; s++)
        positives[s] = (hr_positive){.number = s, .movie_row = (int32_t)shard->owned_users};
    const hr_loss_batch batch = {.step = 7,
                                 .positives = positives,
                                 .count = SAMPLES,
                                 .scale = 1.0,
                                 .output = output,
                                 .gradient = &sums,
                                 .uses = uses};
    assert_ok(hr_dot_ranking_gradients(&ranking, &batch, &total, &err));
    for (int64_t s = 0; s < SAMPLES; s++)
        for (int64_t i = 1; i <= ranking.negatives; i++) {
            const int32_t index = hr_dot_ranking_sample(&ranking, s)[i].index;
            if (index != HR_NOT_HERE)
                seen[index]++;
        }
    hr_dot_ranking_free(&ranking);
    free(uses);
    hr_row_sums_free(&sums);
    free(output);
}

static void few_candidates_find_every_free_movie(void **state)
{
    (void)state;
    hr_graph graph = toy_graph(USERS, MOVIES, 0.3, 5);
    hr_shard shard = shard_of(&graph, 1, 0);
    int64_t one[POOL] = {0}, many[POOL] = {0}, all[POOL] = {0}, highest = 0, free_seen = 0;
    count_negatives(&shard, HR_LOSS_BPR, 1, one);
    count_negatives(&shard, HR_LOSS_BPR, 1000, many);
    count_negatives(&shard, HR_LOSS_SOFTMAX, 5, all);
    for (int32_t i = 0; i < POOL; i++) {
        const bool rated = hr_locate_rated(&shard, 0, i);
        assert_int_equal(one[i] > 0, !rated);
        assert_int_equal(all[i] > 0, !rated);
        free_seen += all[i];
        highest = rated ? highest : i;
    }
    assert_true(many[highest] > SAMPLES * 9 / 10);
    assert_true(free_seen > 2 * SAMPLES && free_seen <= 5 * SAMPLES); /* all that are free count */
    hr_shard_free(&shard);
    hr_graph_free(&graph);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(few_candidates_find_every_free_movie)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
