/* However few candidates a positive looks at, every pool movie that its user has not rated may be one, and
 * none that the user has; with many candidates the best-scoring is taken. */
#include "tests/support/cmocka_tests.h"
#include "tests/support/shard_of.h"
#include "tests/support/toy.h"
#include "trainer/loss/dot_ranking.h"

#include <stdlib.h>

enum { USERS = 12, MOVIES = 45, POOL = 40, DIM = 3, SAMPLES = 6000 };

/* Fills `seen` with how often each place of the pool was the negative of user 0's samples. */
static void count_negatives(const hr_shard *shard, hr_loss loss, int64_t candidates, int64_t seen[POOL])
{
    hr_error err;
    const hr_comm alone = {.size = 1};
    double total;
    hr_ranking ranking = {0};
    hr_pool pool = {0};
    static hr_positive positives[SAMPLES];
    float *output = calloc((size_t)(shard->owned * DIM), sizeof *output);
    hr_row_sums sums = {0};
    float *uses = calloc((size_t)shard->owned, sizeof *uses);
    assert_ok(hr_row_sums_create(&sums, shard->owned * DIM, false, &err));
    assert_ok(hr_pool_create(&pool, POOL, false, SAMPLES, DIM, 1, false, &err));
    assert_ok(hr_ranking_create(&ranking, shard, &alone, loss, 1, candidates, SAMPLES, &err));
    output[0] = 1.0F;
    for (int32_t i = 0; i < POOL; i++) { /* movie i scores i */
        pool.movie[i] = i;
        pool.row[i * DIM] = (float)i;
    }
    hr_row_blocks_fill(&pool.blocks, pool.row, POOL);
    for (int64_t s = 0; s < SAMPLES; s++)
        positives[s] = (hr_positive){.number = s, .movie_row = (int32_t)shard->owned_users};
    assert_ok(
        hr_ranking_step(&ranking, 7, positives, SAMPLES, 1.0, output, &pool, &sums, uses, 0.0, &total, &err));
    for (int64_t s = 0; s < SAMPLES; s++)
        for (int64_t i = 1; i <= ranking.negatives; i++) {
            const int32_t place = hr_ranking_verdicts(&ranking, s)[i].index;
            if (place != HR_NOT_HERE)
                seen[place]++;
        }
    hr_ranking_free(&ranking);
    hr_pool_free(&pool);
    free(uses);
    hr_row_sums_free(&sums);
    free(output);
}

static void few_candidates_reach_every_free_movie(void **state)
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(few_candidates_reach_every_free_movie)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
