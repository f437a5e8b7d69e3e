/* Figures of held-out movies among a few drawn, with and without ties, and what is drawn. */
#include "tests/support/cmocka_tests.h"
#include "trainer/evaluation/protocol.h"
#include "trainer/evaluation/sampled.h"
#include "trainer/evaluation/unrated.h"

#include <math.h>

static void assert_near(double found, double expected)
{
    if (fabs(found - expected) > 1e-12)
        fail_msg("found %.15g, expected %.15g", found, expected);
}

static const hr_cutoffs cutoffs = {2, {2, 4}};

static void without_ties(void **state)
{
    (void)state;
    hr_sampled s = {0};
    hr_sampled_add(&s, &cutoffs, 9, 2, 0); /* third of ten */
    assert_near(s.ranked, 1.0);
    assert_near(s.auc, 7.0 / 9.0);
    assert_near(s.at[0].hit, 0.0);
    assert_near(s.at[0].mrr, 0.0);
    assert_near(s.at[1].hit, 1.0);
    assert_near(s.at[1].ndcg, 1.0 / log2(4.0));
    assert_near(s.at[1].mrr, 1.0 / 3.0);
}

/* One above, two the same: ranks 2, 3, 4 with equal chance. */
static void ties_go_either_way(void **state)
{
    (void)state;
    hr_sampled s = {0};
    hr_sampled_add(&s, &cutoffs, 9, 1, 2);
    assert_near(s.auc, (6.0 + 1.0) / 9.0);
    assert_near(s.at[0].hit, 1.0 / 3.0);
    assert_near(s.at[0].ndcg, 1.0 / log2(3.0) / 3.0);
    assert_near(s.at[0].mrr, 0.5 / 3.0);
    assert_near(s.at[1].hit, 1.0);
    assert_near(s.at[1].ndcg, (1.0 / log2(3.0) + 0.5 + 1.0 / log2(5.0)) / 3.0);
    assert_near(s.at[1].mrr, (1.0 / 2.0 + 1.0 / 3.0 + 1.0 / 4.0) / 3.0);
}

/* A model that scores all movies the same is worth as much as chance: k of N + 1. */
static void all_the_same_is_chance(void **state)
{
    (void)state;
    hr_sampled s = {0};
    hr_sampled_add(&s, &cutoffs, 99, 0, 99);
    assert_near(s.at[0].hit, 0.02);
    assert_near(s.at[1].hit, 0.04);
    assert_near(s.auc, 0.5);
}

enum { MOVIES = 9, DRAWS = 6000 };
static int64_t ptr[] = {0, 4, 13};
static int32_t movie[] = {0, 3, 4, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8};
static const hr_ratings ratings = {.users = 2, .movies = MOVIES, .count = 13, .ptr = ptr, .movie = movie};

/* Of user 0's unrated movies 1, 2, 5, 6, 7 each pair comes as often as any other. */
static void draws_are_uniform(void **state)
{
    (void)state;
    int32_t drawn[2];
    uint8_t marks[MOVIES] = {0}, unmarked[MOVIES] = {0};
    int pairs[MOVIES][MOVIES] = {{0}}, different = 0;
    for (uint64_t seed = 0; seed < DRAWS; seed++) {
        assert_int_equal(hr_unrated_draw(&ratings, 0, seed, 3, 2, drawn, marks), 2);
        assert_true(drawn[0] != drawn[1]);
        pairs[drawn[0] < drawn[1] ? drawn[0] : drawn[1]][drawn[0] < drawn[1] ? drawn[1] : drawn[0]]++;
    }
    assert_memory_equal(marks, unmarked, sizeof marks);
    for (int a = 0; a < MOVIES; a++)
        for (int b = 0; b < MOVIES; b++) {
            const bool rated = a == 0 || a == 3 || a == 4 || a == 8 || b == 0 || b == 3 || b == 4 || b == 8;
            different += pairs[a][b] > 0;
            assert_true(!rated || pairs[a][b] == 0);
            if (pairs[a][b] > 0) /* 600 expected, deviation 23 */
                assert_in_range(pairs[a][b], 490, 710);
        }
    assert_int_equal(different, 10);
}

static void no_more_than_there_are(void **state)
{
    (void)state;
    int32_t drawn[8], sum = 0;
    uint8_t marks[MOVIES] = {0};
    assert_int_equal(hr_unrated_draw(&ratings, 0, 1, 3, 8, drawn, marks), 5);
    for (int i = 0; i < 5; i++)
        sum += 1 << drawn[i];
    assert_int_equal(sum, 1 << 1 | 1 << 2 | 1 << 5 | 1 << 6 | 1 << 7);
    assert_int_equal(hr_unrated_draw(&ratings, 1, 1, 3, 8, drawn, marks), 0);
}

static void protocols_are_read_and_checked(void **state)
{
    (void)state;
    hr_error err;
    hr_protocols protocols;
    assert_ok(hr_protocols_parse("full,sampled-99,auc-sampled,sampled-1000", &protocols, &err));
    assert_int_equal(protocols.count, 4);
    assert_int_equal(protocols.list[0].kind, HR_PROTOCOL_FULL);
    assert_int_equal(protocols.list[1].kind, HR_PROTOCOL_SAMPLED);
    assert_int_equal(protocols.list[1].negatives, 99);
    assert_int_equal(protocols.list[2].negatives, 1);
    assert_string_equal(protocols.list[3].name, "sampled-1000");
    const char *const wrong[] = {
        "",           "ful",       "full,",      ",full",          "sampled",
        "sampled-",   "sampled-0", "sampled-9x", "sampled-+9",     "full,full",
        "sampled--9", "auc",       "full full",  "sampled-100001", "sampled-99999999999999999999"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_fails(hr_protocols_parse(wrong[i], &protocols, &err), HR_USAGE, "--protocol");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_ties),           cmocka_unit_test(ties_go_either_way),
        cmocka_unit_test(all_the_same_is_chance), cmocka_unit_test(draws_are_uniform),
        cmocka_unit_test(no_more_than_there_are), cmocka_unit_test(protocols_are_read_and_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
