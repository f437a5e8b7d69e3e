/* Sampled protocols against ranking all draws of all users in one place, on any number of ranks. */
#include "io/base/even.h"
#include "io/base/memory.h"
#include "io/base/philox.h"
#include "tests/support/mpi_tests.h"
#include "tests/support/toy.h"
#include "trainer/evaluation/sampled.h"
#include "trainer/evaluation/unrated.h"

#include <math.h>

enum { USERS = 67, MOVIES = 50, DIM = 3, SEED = 8 };
static const hr_cutoffs cutoffs = {3, {1, 5, 100}};

/* Small whole numbers, so that sums are exact and many movies tie. */
static float entry(int64_t vertex, int64_t col)
{
    return (float)(hr_philox(3, HR_STREAM_SYNTH, (uint32_t)col, (uint64_t)vertex).word[0] % 5) - 2.0F;
}

static double score(int64_t user, int64_t movie)
{
    double sum = 0.0;
    for (int64_t c = 0; c < DIM; c++)
        sum += (double)entry(user, c) * (double)entry(USERS + movie, c);
    return sum;
}

/* One held-out movie: what each place that ties leave open would count, weighted by its chance. */
static void judge(const hr_ratings *all, int64_t user, int32_t movie, int64_t negatives, hr_sampled *sum)
{
    int32_t drawn[MOVIES];
    uint8_t marks[MOVIES] = {0};
    const int64_t count = hr_unrated_draw(all, user, SEED, movie, negatives, drawn, marks);
    const double own = score(user, movie);
    double above = 0.0, ties = 0.0;
    for (int64_t i = 0; i < count; i++) {
        above += score(user, drawn[i]) > own;
        ties += score(user, drawn[i]) == own;
    }
    sum->ranked += 1.0;
    sum->auc += ((double)count - above - 0.5 * ties) / (double)count;
    for (double place = above; place <= above + ties; place += 1.0)
        for (int i = 0; i < cutoffs.count; i++)
            if (place < (double)cutoffs.k[i]) {
                sum->at[i].hit += 1.0 / (ties + 1.0);
                sum->at[i].ndcg += log(2.0) / log(place + 2.0) / (ties + 1.0);
                sum->at[i].mrr += 1.0 / (place + 1.0) / (ties + 1.0);
            }
}

static void expect(const hr_ratings *all, hr_split split, int64_t negatives, const hr_sampled *found)
{
    hr_sampled expected = {0};
    for (int64_t user = 0; user < USERS; user++)
        for (int64_t i = all->ptr[user]; i < all->ptr[user + 1]; i++)
            if (all->split[i] == split)
                judge(all, user, all->movie[i], negatives, &expected);
    const double *x = (const double *)found, *y = (const double *)&expected;
    assert_true(expected.ranked > USERS);
    assert_true(x[0] == y[0]);
    for (size_t i = 1; i < sizeof expected / sizeof(double); i++)
        if (fabs(x[i] - y[i] / y[0]) > 1e-9)
            fail_msg("figure %zu: found %.12g, expected %.12g", i, x[i], y[i] / y[0]);
}

/* This rank's block of users, with all movies' rows. */
static void evaluate_block(const hr_ratings *all, hr_split split, int64_t negatives, hr_sampled *found)
{
    hr_error err = {""};
    const int64_t first = hr_block_first(USERS, world.rank, world.size);
    const int64_t users = hr_block_first(USERS, world.rank + 1, world.size) - first;
    const int64_t first_movie = hr_block_first(MOVIES, world.rank, world.size);
    const int64_t movies = hr_block_first(MOVIES, world.rank + 1, world.size) - first_movie;
    int64_t ptr[USERS + 1];
    float block[(USERS + MOVIES) * DIM];
    hr_ratings mine = *all;
    mine.ptr = ptr;
    mine.first_user = first;
    mine.users = users;
    for (int64_t u = 0; u <= users; u++)
        ptr[u] = all->ptr[first + u];
    for (int64_t row = 0; row < users + movies; row++)
        for (int64_t c = 0; c < DIM; c++)
            block[row * DIM + c] = entry(row < users ? first + row : USERS + first_movie + row - users, c);
    hr_scorer scorer = {0};
    assert_ok(
        hr_scorer_create(&scorer, &world, &mine, block, &(hr_mlp_shape){.columns = DIM}, NULL, NULL, &err));
    assert_ok(hr_sampled_evaluate(&world, &scorer, split, &cutoffs, negatives, SEED, found, &err));
    hr_scorer_free(&scorer);
}

static void check(hr_split split, int64_t negatives)
{
    hr_dataset data = toy_dataset(USERS, MOVIES, 0.3, 1, 6);
    hr_sampled found;
    evaluate_block(&data.ratings, split, negatives, &found);
    expect(&data.ratings, split, negatives, &found);
    hr_dataset_free(&data);
}

static void among_a_few(void **state)
{
    (void)state;
    check(HR_TEST, 10);
    check(HR_VALID, 10);
}

static void against_one(void **state)
{
    (void)state;
    check(HR_TEST, 1);
}

static void among_all_there_are(void **state)
{
    (void)state;
    check(HR_TEST, 1000);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(among_a_few), cmocka_unit_test(against_one),
                                       cmocka_unit_test(among_all_there_are)};
    return run_mpi_tests(argc, argv, tests);
}
