/* Maximal marginal relevance on five movies. */
#include "tests/support/cmocka_tests.h"
#include "trainer/recommend/mmr.h"

enum { MOVIES = 5 };

/* Scores 10, 9, 8, 6, 2 of movies 4, 0, 3, 1, 2: relevance 1, 7/8, 3/4, 1/2, 0. Movies 4, 0 and 3 are of one
 * genre, 1 of that and another, 2 of a third. */
static const float scores[MOVIES] = {10.0F, 9.0F, 8.0F, 6.0F, 2.0F};
static const int32_t items[MOVIES] = {4, 0, 3, 1, 2};
static int64_t genre_ptr[MOVIES + 1] = {0, 1, 3, 4, 5, 6};
static int32_t genre[] = {0, 0, 1, 2, 0, 0};
static const hr_genres genres = {.movies = MOVIES, .ptr = genre_ptr, .genre = genre};

static void assert_picks(double diversity, int64_t top, const int32_t *expected)
{
    const hr_similarities similarity = {1, {hr_genre_similarity(&genres)}};
    float score[MOVIES];
    int32_t item[MOVIES];
    hr_mmr_candidate place[MOVIES];
    memcpy(score, scores, sizeof score);
    memcpy(item, items, sizeof item);
    hr_topk list = {MOVIES, MOVIES, score, item};
    hr_mmr_rerank(&(hr_mmr){diversity, &similarity}, top, &list, place);
    assert_int_equal(list.count, top < MOVIES ? top : MOVIES);
    for (int64_t i = 0; i < list.count; i++) {
        assert_int_equal(list.item[i], expected[i]);
        for (int j = 0; j < MOVIES; j++) /* each with the score it had */
            if (items[j] == list.item[i])
                assert_true(scores[j] == list.score[i]);
    }
}

static void as_scored_without_diversity(void **state)
{
    (void)state;
    assert_picks(0.0, 5, items);
    assert_picks(0.0, 3, items);
    assert_picks(0.0, 9, items);
}

/* After 4: 0 7/8 - 1, 3 3/4 - 1, 1 1/2 - 1/2, 2 0 - 0, each halved: a tie of 1 and 2, which the better scored
 * wins. Then 0 -1/8, 3 -1/4, 2 0: 2. Then 0. */
static void half_and_half(void **state)
{
    (void)state;
    assert_picks(0.5, 4, (const int32_t[]){4, 1, 2, 0});
}

/* After 4, with L = 1/4: 0 21/32 - 8/32, 3 18/32 - 8/32, 1 12/32 - 4/32, 2 0: 0, 3, 1, 2 as scored. With L =
 * 0.4: 0 0.525 - 0.4, 3 0.45 - 0.4, 1 0.3 - 0.2, 2 0: 0, 1, 3, 2. */
static void a_little(void **state)
{
    (void)state;
    assert_picks(0.25, 5, items);
    assert_picks(0.4, 5, (const int32_t[]){4, 0, 1, 3, 2});
}

/* Nothing but difference: after the best, the one unlike it, then the half like it. */
static void all_for_diversity(void **state)
{
    (void)state;
    assert_picks(1.0, 5, (const int32_t[]){4, 2, 1, 0, 3});
}

static void equal_scores_and_empty_lists(void **state)
{
    (void)state;
    const hr_similarities similarity = {1, {hr_genre_similarity(&genres)}};
    float score[2] = {3.0F, 3.0F};
    int32_t item[2] = {0, 3};
    hr_mmr_candidate place[2];
    hr_topk list = {2, 2, score, item};
    hr_mmr_rerank(&(hr_mmr){0.5, &similarity}, 2, &list, place);
    assert_int_equal(list.item[0], 0);
    assert_int_equal(list.item[1], 3);
    list.count = 0;
    hr_mmr_rerank(&(hr_mmr){0.5, &similarity}, 2, &list, place);
    assert_int_equal(list.count, 0);
}

static void more_candidates_than_picks(void **state)
{
    (void)state;
    hr_error err;
    const hr_similarities none = {0};
    assert_int_equal(hr_mmr_candidates(10), 100);
    assert_int_equal(hr_mmr_candidates(50), 250);
    assert_fails(hr_mmr_check(&none, "data.h5", &err), HR_USAGE, "neither genres nor tags");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_scored_without_diversity),
        cmocka_unit_test(half_and_half),
        cmocka_unit_test(a_little),
        cmocka_unit_test(all_for_diversity),
        cmocka_unit_test(equal_scores_and_empty_lists),
        cmocka_unit_test(more_candidates_than_picks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
