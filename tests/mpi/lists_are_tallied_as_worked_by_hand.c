/* Coverage, Gini index, novelty and diversity of lists short enough to work out on paper, which ranks share.
 */
#include "io/base/even.h"
#include "tests/support/mpi_tests.h"
#include "tests/support/toy.h"
#include "trainer/evaluation/list_tally.h"

#include <math.h>

static void assert_near(double found, double expected)
{
    if (fabs(found - expected) > 1e-12)
        fail_msg("found %.15g, expected %.15g", found, expected);
}

/* Four users, five movies. Train ratings: movie 0 has 4, movie 1 has 2, movie 2 has 1, movies 3 and 4 none;
 * movie 3 has four that are held out, of which nothing may be known. */
static int64_t ptr[] = {0, 3, 6, 8, 11};
static int32_t movie[] = {0, 1, 3, 0, 1, 3, 0, 3, 0, 2, 3};
static uint8_t split[] = {0, 0, 2, 0, 0, 1, 0, 2, 0, 0, 2};
/* 0 and 1 share one genre of two, 2 has others, 3 is as 2, 4 has none. */
static int64_t genre_ptr[] = {0, 1, 3, 4, 5, 5};
static int32_t genre[] = {0, 0, 1, 2, 2};
static const hr_genres genres = {.movies = 5, .ptr = genre_ptr, .genre = genre};

/* A tally that knows this rank's block of users. */
static void start(hr_list_tally *tally, const hr_cutoffs *cutoffs, const hr_similarities *similarity)
{
    hr_error err = {""};
    const int64_t first = hr_block_first(4, world.rank, world.size);
    const int64_t end = hr_block_first(4, world.rank + 1, world.size);
    int64_t mine[5] = {0};
    for (int64_t u = first; u <= end; u++)
        mine[u - first] = ptr[u] - ptr[first];
    const hr_ratings ratings = {.first_user = first,
                                .users = end - first,
                                .movies = 5,
                                .count = mine[end - first],
                                .ptr = mine,
                                .movie = movie + ptr[first],
                                .split = split + ptr[first]};
    hr_train_figures train = {0};
    assert_ok(hr_train_figures_of(&train, &world, &ratings, &err));
    assert_ok(hr_list_tally_create(tally, &world, &train, cutoffs, similarity, &err));
    hr_train_figures_free(&train);
}

/* Shows a list to one of the ranks. */
static void see(hr_list_tally *tally, int number, int64_t length, const int32_t *list)
{
    hr_list_sums sums = {0};
    if (number % world.size != world.rank)
        return;
    hr_list_tally_add(tally, list, length, &sums);
    hr_list_sums_merge(&tally->sums, &sums);
}

static void finish(hr_list_tally *tally, hr_list_figures_at *at)
{
    hr_error err = {""};
    assert_ok(hr_list_tally_finish(tally, &world, at, &err));
    hr_list_tally_free(tally);
}

static void two_lists_of_three(void **state)
{
    (void)state;
    const hr_cutoffs cutoffs = {2, {1, 3}};
    const hr_similarities similarity = {1, {hr_genre_similarity(&genres)}};
    hr_list_tally tally = {0};
    hr_list_figures_at at[2];
    start(&tally, &cutoffs, &similarity);
    see(&tally, 0, 3, (const int32_t[]){0, 1, 2});
    see(&tally, 1, 3, (const int32_t[]){0, 2, 3});
    finish(&tally, at);
    assert_near(at[0].coverage, 1.0 / 5.0);
    assert_near(at[1].coverage, 4.0 / 5.0);
    /* counts 0 0 0 0 2: (5 - 1) / 5; counts 0 1 1 2 2, weights -4 -2 0 2 4: (-2 + 4 + 8) / (5 x 6) */
    assert_near(at[0].gini, 4.0 / 5.0);
    assert_near(at[1].gini, 10.0 / 30.0);
    /* bits: 0, 1, 2, and 2 for a movie that nobody rated in train */
    assert_near(at[0].novelty, 0.0);
    assert_near(at[1].novelty, ((0.0 + 1.0 + 2.0) / 3.0 + (0.0 + 2.0 + 2.0) / 3.0) / 2.0);
    assert_true(isnan(at[0].diversity[0])); /* one movie is not diverse */
    /* pairs 0-1 1/2, 0-2 0, 1-2 0; and 0-2 0, 0-3 0, 2-3 1 */
    assert_near(at[1].diversity[0], 1.0 - (0.5 / 3.0 + 1.0 / 3.0) / 2.0);
}

/* A list shorter than k is judged by what it has; without similarity there is no diversity, but all else. */
static void short_lists_and_unknown_movies(void **state)
{
    (void)state;
    const hr_cutoffs cutoffs = {1, {4}};
    const hr_similarities none = {0};
    hr_list_tally tally = {0};
    hr_list_figures_at at[1];
    start(&tally, &cutoffs, &none);
    see(&tally, 2, 2, (const int32_t[]){1, 2});
    see(&tally, 3, 0, NULL);
    finish(&tally, at);
    assert_near(at[0].coverage, 2.0 / 5.0);
    assert_near(at[0].gini, (2.0 + 4.0) / 10.0);
    assert_near(at[0].novelty, 1.5);
    json_t *object = json_object();
    hr_list_figures_to_json(at, &cutoffs, &none, object);
    assert_int_equal(json_object_size(object), 3);
    json_decref(object);
}

/* All movies equally often: 0. */
static void an_even_hand_has_no_gini(void **state)
{
    (void)state;
    const hr_cutoffs cutoffs = {1, {5}};
    const hr_similarities similarity = {1, {hr_genre_similarity(&genres)}};
    hr_list_tally tally = {0};
    hr_list_figures_at at[1];
    start(&tally, &cutoffs, &similarity);
    see(&tally, 1, 5, (const int32_t[]){0, 1, 2, 3, 4});
    finish(&tally, at);
    assert_near(at[0].coverage, 1.0);
    assert_near(at[0].gini, 0.0);
    assert_near(at[0].diversity[0], 1.0 - (0.5 + 1.0) / 10.0);
}

static void genres_are_compared_as_sets(void **state)
{
    (void)state;
    hr_genres sets = toy_genres((const uint64_t[]){7, 7, 1, 6, 0, 0}, 6, 3);
    const hr_similarity by = hr_genre_similarity(&sets);
    const hr_similarities similarity = {2, {by, by}};
    assert_near(by.between(by.known, 0, 1), 1.0);
    assert_near(by.between(by.known, 0, 2), 1.0 / 3.0);
    assert_near(by.between(by.known, 3, 0), 2.0 / 3.0);
    assert_near(by.between(by.known, 2, 3), 0.0);
    assert_near(by.between(by.known, 4, 5), 0.0); /* of two movies without genres nothing is known */
    assert_near(hr_similarity_between(&similarity, 0, 2), 1.0 / 3.0);
    hr_genres_free(&sets);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_lists_of_three),
        cmocka_unit_test(short_lists_and_unknown_movies),
        cmocka_unit_test(an_even_hand_has_no_gini),
        cmocka_unit_test(genres_are_compared_as_sets),
    };
    return run_mpi_tests(argc, argv, tests);
}
