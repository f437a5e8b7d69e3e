/* What each rule of --split does to hand-worked ratings, and in the mean over seeds. */
#include "io/split/split.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/toy.h"

#include <math.h>
#include <omp.h>

static hr_comm alone;
static hr_error err;

/* Splits by a rule that is sound. */
static void split(hr_ratings *r, const char *text, uint64_t seed)
{
    hr_split_rule rule;
    assert_ok(hr_split_parse(text, &rule, &err));
    assert_ok(hr_split_apply(&alone, r, &rule, seed, &err));
}

/* How many of a user's ratings are in each part. */
static void count_parts(const hr_ratings *r, int64_t user, int64_t in_part[HR_SPLITS])
{
    for (int part = 0; part < HR_SPLITS; part++)
        in_part[part] = 0;
    for (int64_t i = r->ptr[user]; i < r->ptr[user + 1]; i++)
        in_part[r->split[i]]++;
}

/* Five users with four ratings each. */
enum { USERS = 5, EACH = 4, ALL = USERS * EACH, SEEDS = 2000 };

typedef struct few {
    int64_t ptr[USERS + 1], time[ALL];
    int32_t movie[ALL];
    uint8_t split[ALL];
    hr_ratings r;
} few;

static void few_ratings(few *f)
{
    for (int u = 0; u <= USERS; u++)
        f->ptr[u] = u * EACH;
    for (int i = 0; i < ALL; i++) {
        f->movie[i] = i / EACH + i % EACH;
        f->time[i] = 100 + i;
        f->split[i] = HR_TRAIN;
    }
    f->r = (hr_ratings){.users = USERS,
                        .movies = USERS + EACH,
                        .count = ALL,
                        .ptr = f->ptr,
                        .movie = f->movie,
                        .time = f->time,
                        .split = f->split};
}

/* Over many seeds each rating is held out as often as its share says, by four standard deviations. */
static void assert_mean(const char *rule, double valid, double test)
{
    few f;
    double in_part[ALL][HR_SPLITS] = {{0}};
    few_ratings(&f);
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        split(&f.r, rule, seed);
        for (int i = 0; i < ALL; i++)
            in_part[i][f.split[i]] += 1.0 / SEEDS;
    }
    for (int i = 0; i < ALL; i++) {
        assert_true(fabs(in_part[i][HR_VALID] - valid) < 4.0 * sqrt(valid * (1.0 - valid) / SEEDS) + 1e-9);
        assert_true(fabs(in_part[i][HR_TEST] - test) < 4.0 * sqrt(test * (1.0 - test) / SEEDS) + 1e-9);
    }
}

static void few_ratings_are_held_out_in_the_mean(void **state)
{
    (void)state;
    assert_mean("ratio:0.8,0.1,0.1", 0.1, 0.1);
    assert_mean("ratio:0.5,0,0.5", 0.0, 0.5);
    assert_mean("global-ratio:0.7,0.1,0.2", 0.1, 0.2);
    assert_mean("leave-one-out:random", 0.25, 0.25);
    assert_mean("folds:3:2", 0.0, 1.0 / 3.0);
    assert_mean("users:1,1,0.75", 0.2 * 0.25, 0.2 * 0.25);
}

static void shares_hold_for_each_user(void **state)
{
    (void)state;
    hr_dataset d = toy_dataset(40, 60, 0.5, 0, 4);
    split(&d.ratings, "ratio:0.8,0.1,0.1", 1);
    for (int64_t u = 0; u < d.ratings.users; u++) {
        int64_t in_part[HR_SPLITS];
        const double n = (double)(d.ratings.ptr[u + 1] - d.ratings.ptr[u]);
        count_parts(&d.ratings, u, in_part);
        assert_true(fabs((double)in_part[HR_VALID] - 0.1 * n) < 1.0);
        assert_true(fabs((double)in_part[HR_TEST] - 0.1 * n) < 1.0);
    }
    hr_dataset_free(&d);
}

static void one_rating_always_stays_in_train(void **state)
{
    (void)state;
    const char *const rules[] = {"ratio:0.02,0.49,0.49", "leave-one-out", "leave-one-out:random"};
    for (int i = 0; i < 3; i++) {
        hr_dataset d = toy_dataset(50, 4, 0.3, 0, 4);
        split(&d.ratings, rules[i], 1);
        for (int64_t u = 0; u < d.ratings.users; u++) {
            int64_t in_part[HR_SPLITS];
            count_parts(&d.ratings, u, in_part);
            assert_true(in_part[HR_TRAIN] >= 1);
        }
        hr_dataset_free(&d);
    }
}

static void the_last_in_time_is_left_out(void **state)
{
    (void)state;
    int64_t ptr[] = {0, 4, 5, 7, 9}, time[] = {50, 10, 30, 40, 1, 9, 2, HR_NO_TIME, 3};
    int32_t movie[] = {0, 1, 2, 3, 0, 0, 1, 1, 2};
    uint8_t parts[9];
    hr_ratings r = {
        .users = 4, .movies = 4, .count = 9, .ptr = ptr, .movie = movie, .time = time, .split = parts};
    const uint8_t expected[] = {HR_TEST, HR_TRAIN, HR_TRAIN, HR_VALID, HR_TRAIN,
                                HR_TEST, HR_TRAIN, HR_TRAIN, HR_TEST};
    split(&r, "leave-one-out", 1);
    assert_memory_equal(parts, expected, sizeof expected);
}

/* Of two last ratings each is tested for half of the seeds, and the other one is valid. */
static void equal_last_times_are_drawn(void **state)
{
    (void)state;
    int64_t ptr[] = {0, 3}, time[] = {7, 5, 7};
    int32_t movie[] = {0, 1, 2};
    uint8_t parts[3];
    int highest = 0;
    hr_ratings r = {
        .users = 1, .movies = 3, .count = 3, .ptr = ptr, .movie = movie, .time = time, .split = parts};
    for (uint64_t seed = 0; seed < 400; seed++) {
        split(&r, "leave-one-out", seed);
        assert_int_equal(parts[1], HR_TRAIN);
        assert_int_equal(parts[0] + parts[2], HR_VALID + HR_TEST);
        highest += parts[2] == HR_TEST;
    }
    assert_in_range(highest, 160, 240);
}

static void one_time_cuts_all_users(void **state)
{
    (void)state;
    few f;
    few_ratings(&f);
    split(&f.r, "time:0.8,0.1,0.1", 1);
    for (int i = 0; i < ALL; i++)
        assert_int_equal(f.split[i], i < 16 ? HR_TRAIN : i < 18 ? HR_VALID : HR_TEST);
    f.time[16] = f.time[15]; /* the same time, the same part, the earlier */
    f.time[3] = f.time[19] = HR_NO_TIME;
    split(&f.r, "time:0.8,0.1,0.1", 1);
    for (int i = 0; i < ALL; i++) /* 18 have a time: number 14 of them ends train, number 16 valid */
        assert_int_equal(f.split[i], i < 15 || i == 19 ? HR_TRAIN : i < 17 ? HR_VALID : HR_TEST);
}

static void without_times_nothing_is_last(void **state)
{
    (void)state;
    few f;
    hr_split_rule rule;
    few_ratings(&f);
    for (int i = 0; i < ALL; i++)
        f.time[i] = HR_NO_TIME;
    assert_ok(hr_split_parse("leave-one-out", &rule, &err));
    assert_fails(hr_split_apply(&alone, &f.r, &rule, 1, &err), HR_INPUT, "leave-one-out:random");
    assert_ok(hr_split_parse("time:0.8,0.1,0.1", &rule, &err));
    assert_fails(hr_split_apply(&alone, &f.r, &rule, 1, &err), HR_INPUT, "no rating has a time");
}

static void each_rating_is_in_one_fold(void **state)
{
    (void)state;
    hr_dataset d = toy_dataset(30, 20, 0.4, 0, 4);
    hr_ratings *r = &d.ratings;
    int64_t tested[600] = {0}, in_part[HR_SPLITS];
    const char *const rules[] = {"folds:5", "folds:5:2", "folds:5:3", "folds:5:4", "folds:5:5"};
    for (int fold = 0; fold < 5; fold++) {
        split(r, rules[fold], 9);
        for (int64_t i = 0; i < r->count; i++)
            tested[i] += r->split[i] == HR_TEST;
        for (int64_t u = 0; u < r->users; u++) {
            const int64_t count = r->ptr[u + 1] - r->ptr[u];
            count_parts(r, u, in_part);
            assert_int_equal(in_part[HR_VALID] + in_part[HR_KNOWN], 0);
            assert_in_range(in_part[HR_TEST], count / 5, (count + 4) / 5);
        }
    }
    for (int64_t i = 0; i < r->count; i++)
        assert_int_equal(tested[i], 1);
    hr_dataset_free(&d);
}

/* So many users, no more, and none of their ratings in train. */
static void held_out_users_are_not_trained_on(void **state)
{
    (void)state;
    hr_dataset d = toy_dataset(60, 40, 0.5, 0, 4);
    hr_ratings *r = &d.ratings;
    int64_t users[HR_SPLITS] = {0}, in_part[HR_SPLITS];
    split(r, "users:7,0.2,0.8", 3);
    for (int64_t u = 0; u < r->users; u++) {
        const double n = (double)(r->ptr[u + 1] - r->ptr[u]);
        count_parts(r, u, in_part);
        for (int part = 0; part < HR_SPLITS; part++)
            users[part] += in_part[part] > 0;
        if (in_part[HR_KNOWN] > 0)
            assert_true(fabs((double)in_part[HR_KNOWN] - 0.8 * n) < 1.0);
        assert_int_equal(in_part[HR_TRAIN] > 0,
                         in_part[HR_KNOWN] + in_part[HR_VALID] + in_part[HR_TEST] == 0);
        assert_int_equal(in_part[HR_KNOWN] > 0, in_part[HR_VALID] + in_part[HR_TEST] > 0);
    }
    assert_int_equal(users[HR_VALID], 7);
    assert_int_equal(users[HR_TEST], 12);
    assert_int_equal(users[HR_TRAIN], 60 - 7 - 12);
    hr_dataset_free(&d);
}

static void more_users_than_there_are(void **state)
{
    (void)state;
    few f;
    hr_split_rule rule;
    few_ratings(&f);
    f.ptr[1] = 1; /* a user with one rating cannot be held out */
    assert_ok(hr_split_parse("users:0,4,0.5", &rule, &err));
    assert_ok(hr_split_apply(&alone, &f.r, &rule, 1, &err));
    assert_int_equal(f.split[0], HR_TRAIN);
    assert_ok(hr_split_parse("users:1,4,0.5", &rule, &err));
    assert_fails(hr_split_apply(&alone, &f.r, &rule, 1, &err), HR_USAGE, "4 have two ratings or more");
}

static void holding_out_is_a_fixed_share(void **state)
{
    (void)state;
    int held = 0;
    for (int64_t u = 0; u < 100; u++)
        for (int32_t m = 0; m < 100; m++) {
            held += hr_split_holdout(u, m, 0.2);
            assert_true(!hr_split_holdout(u, m, 0.0));
            assert_true(!hr_split_holdout(u, m, 0.1) || hr_split_holdout(u, m, 0.2)); /* shares nest */
        }
    assert_in_range(held, 1850, 2150);
}

int main(void)
{
    alone = hr_comm_alone();
    omp_set_num_threads(
        1); /* thousands of small splits: threads would wait for one another on a busy machine */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_ratings_are_held_out_in_the_mean),
        cmocka_unit_test(shares_hold_for_each_user),
        cmocka_unit_test(one_rating_always_stays_in_train),
        cmocka_unit_test(the_last_in_time_is_left_out),
        cmocka_unit_test(equal_last_times_are_drawn),
        cmocka_unit_test(one_time_cuts_all_users),
        cmocka_unit_test(without_times_nothing_is_last),
        cmocka_unit_test(each_rating_is_in_one_fold),
        cmocka_unit_test(held_out_users_are_not_trained_on),
        cmocka_unit_test(more_users_than_there_are),
        cmocka_unit_test(holding_out_is_a_fixed_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
