/* ranks: 1 2 3, sanitized: 2 */
/* Of a dataset of several slices the ratings of sampled users are kept, and figures are those of all users: the same as
 * from all ratings in memory. */
#include "io/dataset/dataset.h"
#include "tests/support/mpi_tests.h"
#include "tests/support/toy.h"
#include "trainer/scoring/evaluated_ratings.h"

#include <math.h>
#include <stdlib.h>

enum { USERS = 70000, MOVIES = 3 };

/* A user has all ratings, or those of train, or none. */
static void expect_user(const hr_ratings *found, int64_t user, const hr_ratings *all, bool sampled,
                        bool train_of_all)
{
    const int64_t first = all->ptr[found->first_user + user], end = all->ptr[found->first_user + user + 1];
    int64_t at = found->ptr[user];
    for (int64_t i = first; i < end; i++) {
        if (!sampled && !(train_of_all && all->split[i] == HR_TRAIN))
            continue;
        assert_int_equal(found->movie[at], all->movie[i]);
        assert_int_equal(found->split[at], all->split[i]);
        assert_true(found->value[at++] == all->value[i]);
    }
    assert_int_equal(found->ptr[user + 1], at);
}

static void expect_figures(const hr_train_figures *found, const hr_ratings *all)
{
    double of_movie[MOVIES] = {0.0}, highest = 0.0;
    for (int64_t i = 0; i < all->count; i++) {
        of_movie[all->movie[i]] += all->split[i] == HR_TRAIN;
        highest = fmax(highest, all->split[i] == HR_TRAIN ? (double)all->value[i] : 0.0);
    }
    assert_int_equal(found->users, USERS);
    assert_true(found->highest == highest && found->lowest == 0.5);
    for (int m = 0; m < MOVIES; m++)
        assert_true(found->of_movie[m] == of_movie[m]);
}

static void check(const hr_ratings *all, int64_t wanted, bool train_of_all)
{
    hr_error err = {""};
    hr_h5 *file = NULL;
    hr_dataset_summary summary;
    hr_ratings found = {0};
    hr_train_figures train = {0};
    const hr_user_sample sample = hr_user_sample_of(wanted, USERS, 3);
    const hr_row_block block = hr_row_block_of(&world, USERS, MOVIES);
    int64_t sampled = 0;
    assert_ok(hr_dataset_open(&file, &summary, shared_path("d.h5"), &err));
    assert_ok(
        hr_evaluated_ratings_read(file, &block, 0.0, true, &sample, train_of_all, &found, &train, &err));
    assert_ok(hr_train_figures_finish(&train, &world, &err));
    assert_int_equal(found.users, block.users);
    assert_true(hr_ratings_is_valid(&found));
    for (int64_t u = 0; u < found.users; u++) {
        expect_user(&found, u, all, hr_user_is_sampled(&sample, block.first_user + u), train_of_all);
        sampled += hr_user_is_sampled(&sample, block.first_user + u);
    }
    expect_figures(&train, all);
    assert_ok(hr_sum_i64(&world, &sampled, 1, &err));
    assert_in_range(sampled, wanted > 0 ? wanted * 9 / 10 : USERS, wanted > 0 ? wanted * 11 / 10 : USERS);
    hr_h5_close(file);
    hr_ratings_free(&found);
    hr_train_figures_free(&train);
}

static void of_all_of_some_and_of_few(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_dataset d = toy_dataset(USERS, MOVIES, 0.5, 1, 8);
    if (world.rank == 0)
        assert_ok(hr_dataset_write(&d, shared_path("d.h5"), &err));
    assert_ok(hr_agree(&world, HR_OK, NULL, &err));
    check(&d.ratings, 0, false);
    check(&d.ratings, USERS / 2, false);
    check(&d.ratings, 1000, true);
    hr_dataset_free(&d);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(of_all_of_some_and_of_few)};
    return run_mpi_tests(argc, argv, tests);
}
