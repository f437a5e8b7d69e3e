/* Three users, two movies, one column: errors as one works them out by hand, clipped to the train ratings. */
#include "partition/halo/blocks.h"
#include "tests/support/mpi_tests.h"
#include "trainer/evaluation/rating_errors.h"

#include <math.h>

enum { USERS = 3, MOVIES = 2 };

static void by_hand(void **state)
{
    (void)state;
    hr_error err = {""};
    /* train ratings 1 and 4; held out: user 0 rates movie 1 with 3, user 2 movie 0 with 2; valid is no matter
     */
    int64_t all_ptr[USERS + 1] = {0, 2, 4, 5};
    int32_t all_movie[] = {0, 1, 0, 1, 0};
    float all_value[] = {1.0F, 3.0F, 4.0F, 5.0F, 2.0F};
    uint8_t all_split[] = {HR_TRAIN, HR_TEST, HR_TRAIN, HR_VALID, HR_TEST};
    const float row[USERS + MOVIES] = {0.5F, 1.0F, -2.0F, 3.0F, 7.0F};
    const hr_row_block mine = hr_row_block_of(&world, USERS, MOVIES);
    int64_t ptr[USERS + 1];
    float block[USERS + MOVIES];
    hr_rating_errors errors;
    hr_scorer scorer = {0};
    hr_train_figures train = {0};
    const int64_t first = all_ptr[mine.first_user];
    for (int64_t u = 0; u <= mine.users; u++)
        ptr[u] = all_ptr[mine.first_user + u] - first;
    for (int64_t i = 0; i < mine.users + mine.movies; i++)
        block[i] = i < mine.users ? row[mine.first_user + i] : row[USERS + mine.first_movie + i - mine.users];
    const hr_ratings ratings = {.first_user = mine.first_user,
                                .users = mine.users,
                                .movies = MOVIES,
                                .count = ptr[mine.users],
                                .ptr = ptr,
                                .movie = all_movie + first,
                                .value = all_value + first,
                                .split = all_split + first};
    assert_ok(
        hr_scorer_create(&scorer, &world, &ratings, block, &(hr_mlp_shape){.columns = 1}, NULL, NULL, &err));
    assert_ok(hr_train_figures_of(&train, &world, &ratings, &err));
    assert_true(train.lowest == 1.0 && train.highest == 4.0);
    assert_ok(hr_rating_errors_measure(&world, &scorer, HR_TEST, &train, NULL, &errors, &err));
    /* user 0, movie 1: 0.5 x 7 = 3.5, off by 0.5; user 2, movie 0: -2 x 3 = -6, clipped to 1, off by 1 */
    assert_true(errors.ratings == 2.0);
    assert_true(fabs(errors.mae - 0.75) < 1e-12);
    assert_true(fabs(errors.rmse - sqrt(0.625)) < 1e-12);
    hr_train_figures_free(&train);
    hr_scorer_free(&scorer);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand)};
    return run_mpi_tests(argc, argv, tests);
}
