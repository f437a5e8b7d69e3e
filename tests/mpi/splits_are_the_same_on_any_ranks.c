/* ranks: 1 2 3, sanitized: 2 */
/* Each rule splits slices of users as one process splits them all, and what came out is counted over ranks. */
#include "io/split/split.h"
#include "io/split/split_counts.h"
#include "tests/support/mpi_tests.h"
#include "tests/support/toy.h"

static const char *const rules[] = {"ratio:0.8,0.1,0.1",    "global-ratio:0.8,0.1,0.1", "leave-one-out",
                                    "leave-one-out:random", "time:0.8,0.1,0.1",         "folds:5:3",
                                    "users:6,0.1,0.7"};
enum { RULES = sizeof rules / sizeof *rules };

/* This rank's users of all ratings; the last rank has none where there are several. */
static hr_ratings slice_of(const hr_ratings *all, int64_t ptr[])
{
    const int64_t ranks = world.size > 1 ? world.size - 1 : 1;
    const int64_t first = world.rank < ranks ? all->users * world.rank / ranks : all->users;
    const int64_t end = world.rank < ranks ? all->users * (world.rank + 1) / ranks : all->users;
    const int64_t from = all->ptr[first];
    for (int64_t u = first; u <= end; u++)
        ptr[u - first] = all->ptr[u] - from;
    return (hr_ratings){.first_user = first,
                        .users = end - first,
                        .movies = all->movies,
                        .count = ptr[end - first],
                        .ptr = ptr,
                        .movie = all->movie + from,
                        .value = all->value + from,
                        .time = all->time + from,
                        .split = all->split + from};
}

/* Few different times, some unknown. */
static hr_dataset dataset(void)
{
    hr_dataset d = toy_dataset(50, 40, 0.3, 0, 4);
    for (int64_t i = 0; i < d.ratings.count; i++)
        d.ratings.time[i] = i % 11 == 0 ? HR_NO_TIME : 1000000007 * (i * 7 % 13) - 5000000000;
    return d;
}

static void slices_are_split_as_the_whole(void **state)
{
    (void)state;
    hr_error err = {""};
    const hr_comm alone = hr_comm_alone();
    for (int i = 0; i < RULES; i++) {
        hr_dataset whole = dataset(), parts = dataset();
        hr_split_rule rule;
        int64_t ptr[51];
        hr_ratings mine = slice_of(&parts.ratings, ptr);
        assert_ok(hr_split_parse(rules[i], &rule, &err));
        assert_ok(hr_split_apply(&alone, &whole.ratings, &rule, 7, &err));
        assert_ok(hr_split_apply(&world, &mine, &rule, 7, &err));
        assert_memory_equal(mine.split, whole.ratings.split + whole.ratings.ptr[mine.first_user],
                            (size_t)mine.count);
        hr_split_counts of_whole, of_parts;
        assert_ok(hr_split_count(&alone, &whole.ratings, &of_whole, &err));
        assert_ok(hr_split_count(&world, &mine, &of_parts, &err));
        assert_memory_equal(&of_parts, &of_whole, sizeof of_whole);
        hr_dataset_free(&whole);
        hr_dataset_free(&parts);
    }
}

static void refusals_are_the_same_on_all_ranks(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_split_rule rule;
    int64_t ptr[51];
    hr_dataset d = dataset();
    hr_ratings mine = slice_of(&d.ratings, ptr);
    assert_ok(hr_split_parse("users:40,20,0.5", &rule, &err));
    assert_fails(hr_split_apply(&world, &mine, &rule, 1, &err), HR_USAGE, "holds out 60 users");
    for (int64_t i = 0; i < d.ratings.count; i++)
        d.ratings.time[i] = HR_NO_TIME;
    assert_ok(hr_split_parse("time:0.5,0,0.5", &rule, &err));
    assert_fails(hr_split_apply(&world, &mine, &rule, 1, &err), HR_INPUT, "global-ratio");
    hr_dataset_free(&d);
}

/* Three users and four movies: the second user has nothing in train, and movies 2 and 3 neither. */
static void counts_match_a_hand_worked_case(void **state)
{
    (void)state;
    hr_error err = {""};
    int64_t ptr[] = {0, 3, 5, 6}, time[] = {10, 20, HR_NO_TIME, 5, 7, 40}, mine_ptr[4];
    int32_t movie[] = {0, 1, 2, 0, 3, 1};
    float value[6] = {0};
    uint8_t split[] = {HR_TRAIN, HR_VALID, HR_TEST, HR_TEST, HR_KNOWN, HR_TRAIN};
    hr_ratings all = {.users = 3,
                      .movies = 5,
                      .count = 6,
                      .ptr = ptr,
                      .movie = movie,
                      .value = value,
                      .time = time,
                      .split = split};
    const hr_ratings mine = slice_of(&all, mine_ptr);
    const hr_split_counts expected = {.ratings = {2, 1, 2, 1},
                                      .users = {2, 1, 2, 1},
                                      .movies = {2, 1, 2, 1},
                                      .first_time = {10, 20, 5, 7},
                                      .last_time = {40, 20, 5, 7},
                                      .untimed = 1,
                                      .users_without_train = 1,
                                      .movies_unseen = 2,
                                      .ratings_of_unseen = 1};
    hr_split_counts counts;
    assert_ok(hr_split_count(&world, &mine, &counts, &err));
    assert_memory_equal(&counts, &expected, sizeof counts);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(slices_are_split_as_the_whole),
                                       cmocka_unit_test(refusals_are_the_same_on_all_ranks),
                                       cmocka_unit_test(counts_match_a_hand_worked_case)};
    return run_mpi_tests(argc, argv, tests);
}
