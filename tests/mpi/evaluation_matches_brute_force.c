/* Streaming top-k, counted AUC and lists that are re-ranked against sorting every user's whole list. */
#include "io/base/even.h"
#include "io/base/memory.h"
#include "io/base/philox.h"
#include "partition/halo/blocks.h"
#include "tests/support/mpi_tests.h"
#include "tests/support/toy.h"
#include "trainer/evaluation/evaluate.h"
#include "trainer/recommend/topk.h"

#include <math.h>

enum { USERS = 61, MOVIES = 40, DIM = 5 };
static const hr_cutoffs cutoffs = {3, {1, 5, 100}};

static float entry(int64_t vertex, int64_t col)
{
    return (float)hr_uniform(hr_philox(2, HR_STREAM_SYNTH, (uint32_t)col, (uint64_t)vertex).word[0]) - 0.5F;
}

static double score(int64_t user, int64_t movie)
{
    double sum = 0.0;
    for (int64_t c = 0; c < DIM; c++)
        sum += (double)entry(user, c) * (double)entry(USERS + movie, c);
    return sum;
}

/* Ranks of one user's held-out movies and the share of pairs in order, by comparing every pair of movies. */
static void judge(const hr_ratings *r, int64_t user, hr_split split, hr_metrics *sum)
{
    uint8_t kind[MOVIES];
    bool hit[MOVIES] = {false};
    int64_t held = 0, candidates = 0;
    double right = 0.0, pairs = 0.0;
    memset(kind, 9, sizeof kind);
    for (int64_t i = r->ptr[user]; i < r->ptr[user + 1]; i++)
        kind[r->movie[i]] = r->split[i];
    for (int64_t m = 0; m < MOVIES; m++) {
        if (kind[m] < split)
            continue; /* no candidate */
        candidates++;
        held += kind[m] == split;
        int64_t rank = 0;
        for (int64_t o = 0; o < MOVIES; o++) {
            if (kind[o] < split || o == m)
                continue;
            rank += score(user, o) > score(user, m);
            if (kind[m] == split && kind[o] != split) {
                right += score(user, m) > score(user, o);
                pairs += 1.0;
            }
        }
        hit[rank] = kind[m] == split;
    }
    if (held > 0)
        hr_metrics_add(sum, &cutoffs, hit, candidates, held, pairs > 0.0 ? right / pairs : 0.5);
}

/* This rank's block of users, with all movies' rows. */
static void evaluate_block(const hr_ratings *all, const hr_evaluation *asked, hr_metrics *found)
{
    hr_error err = {""};
    const int64_t first = hr_block_first(USERS, world.rank, world.size);
    const int64_t users = hr_block_first(USERS, world.rank + 1, world.size) - first;
    const int64_t first_movie = hr_block_first(MOVIES, world.rank, world.size);
    const int64_t movies = hr_block_first(MOVIES, world.rank + 1, world.size) - first_movie;
    hr_ratings mine = *all;
    int64_t *ptr = calloc((size_t)users + 1, sizeof *ptr);
    float *block = calloc((size_t)((users + movies) * DIM) + 1, sizeof *block);
    for (int64_t u = 0; u <= users; u++)
        ptr[u] = all->ptr[first + u];
    mine.ptr = ptr;
    mine.first_user = first;
    mine.users = users;
    for (int64_t row = 0; row < users + movies; row++)
        for (int64_t c = 0; c < DIM; c++)
            block[row * DIM + c] = entry(row < users ? first + row : USERS + first_movie + row - users, c);
    hr_scorer scorer = {0};
    assert_ok(
        hr_scorer_create(&scorer, &world, &mine, block, &(hr_mlp_shape){.columns = DIM}, NULL, NULL, &err));
    assert_ok(hr_evaluate(&world, &scorer, asked, found, &err));
    hr_scorer_free(&scorer);
    free(block);
    free(ptr);
}

static void expect(const hr_metrics *found, const hr_metrics *expected)
{
    const double *x = (const double *)found, *y = (const double *)expected;
    for (size_t i = 0; i < sizeof *found / sizeof(double); i++)
        if (fabs(x[i] - y[i]) > 1e-9)
            fail_msg("figure %zu: found %.12g, expected %.12g", i, x[i], y[i]);
}

static void check(hr_split split)
{
    hr_dataset data = toy_dataset(USERS, MOVIES, 0.4, 1, 6);
    hr_metrics found, expected = {0};
    const hr_evaluation asked = {.split = split, .cutoffs = &cutoffs, .auc = true};
    evaluate_block(&data.ratings, &asked, &found);
    for (int64_t u = 0; u < USERS; u++)
        judge(&data.ratings, u, split, &expected);
    hr_metrics_finish(&expected);
    assert_in_range((int64_t)expected.users, USERS / 2.0, USERS);
    expect(&found, &expected);
    hr_dataset_free(&data);
}

static void on_test_and_on_valid(void **state)
{
    (void)state;
    check(HR_TEST);
    check(HR_VALID);
}

/* One user's list of all candidates, re-ranked: hits, and the movies shown. */
static void rerank(const hr_ratings *r, int64_t user, const hr_mmr *mmr, hr_metrics *sum, int64_t *shown)
{
    float scores[MOVIES], best[MOVIES];
    int32_t item[MOVIES];
    hr_mmr_candidate place[MOVIES];
    bool held[MOVIES] = {false}, hit[MOVIES] = {false};
    int64_t count = 0;
    for (int64_t m = 0; m < MOVIES; m++)
        scores[m] = (float)score(user, m);
    for (int64_t i = r->ptr[user]; i < r->ptr[user + 1]; i++) {
        held[r->movie[i]] = r->split[i] == HR_TEST;
        count += r->split[i] == HR_TEST;
        if (r->split[i] != HR_TEST)
            scores[r->movie[i]] = NAN;
    }
    hr_topk list = {MOVIES, 0, best, item};
    hr_topk_offer(&list, scores, 0, MOVIES);
    hr_mmr_rerank(mmr, cutoffs.k[1], &list, place);
    for (int64_t i = 0; i < list.count && count > 0; i++) {
        hit[i] = held[item[i]];
        shown[item[i]]++;
    }
    if (count > 0)
        hr_metrics_add(sum, &cutoffs, hit, list.count, count, NAN);
}

/* Movies shown to somebody, from counts; their lists are of five. */
static void lists_are_reranked_and_seen(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_dataset data = toy_dataset(USERS, MOVIES, 0.4, 1, 6);
    const hr_cutoffs five = {2, {1, 5}};
    const hr_similarities similarity = {1, {hr_genre_similarity(&data.genres)}};
    const hr_mmr mmr = {0.4, &similarity};
    hr_metrics found, plain, expected = {0};
    hr_list_tally lists = {0};
    hr_train_figures train = {0};
    hr_list_figures_at at[2];
    int64_t shown[MOVIES] = {0}, covered = 0;
    hr_evaluation asked = {.split = HR_TEST, .cutoffs = &five, .mmr = &mmr, .lists = &lists};
    assert_ok(hr_train_figures_of(&train, &world, &data.ratings, &err));
    assert_ok(hr_list_tally_create(&lists, &world, &train, &five, &similarity, &err));
    hr_train_figures_free(&train);
    evaluate_block(&data.ratings, &asked, &found);
    assert_ok(hr_list_tally_finish(&lists, &world, at, &err));
    hr_list_tally_free(&lists);
    for (int64_t u = 0; u < USERS; u++)
        rerank(&data.ratings, u, &mmr, &expected, shown);
    for (int64_t m = 0; m < MOVIES; m++)
        covered += shown[m] > 0;
    hr_metrics_finish(&expected);
    for (int i = 0; i < 2; i++) {
        assert_true(fabs(found.at[i].recall - expected.at[i].recall) < 1e-9);
        assert_true(fabs(found.at[i].ndcg - expected.at[i].ndcg) < 1e-9);
    }
    assert_true(fabs(at[1].coverage - (double)covered / MOVIES) < 1e-9);
    asked.mmr = NULL;
    asked.lists = NULL;
    evaluate_block(&data.ratings, &asked, &plain);
    assert_true(found.at[0].ndcg == plain.at[0].ndcg); /* the first stays the first */
    assert_true(found.at[1].ndcg != plain.at[1].ndcg);
    hr_dataset_free(&data);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(on_test_and_on_valid),

                                       cmocka_unit_test(lists_are_reranked_and_seen)};
    return run_mpi_tests(argc, argv, tests);
}
