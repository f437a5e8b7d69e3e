/* What is known of a movie is in the right columns: genres, the period of release, the position in the
 * catalogue by the logarithm of the id, imported columns last; a movie without a year has neither period nor
 * position. */
#include "tests/support/cmocka_tests.h"
#include "tests/support/toy.h"
#include "trainer/graph/movie_features.h"

#include <stdlib.h>

enum { GENRES = 3, PERIOD = GENRES, PLACE = PERIOD + 26, IMPORTED = PLACE + 49, COLUMNS = IMPORTED + 2 };

enum { MOVIES = 6 };
static const uint64_t genres[MOVIES] = {5, 0, 2, 7, 0, 0};
static int32_t year[MOVIES] = {1995, 1900, 1899, 0, 2029, 2030};
static int64_t id[MOVIES] = {1, 2, 3, 4, 16777216, 9000000000};
static float imported[MOVIES * 2] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

/* Two neighbouring columns that share out 1. */
typedef struct position {
    int column;
    float share, next;
} position;
enum { NONE = -1 };

static const int period[MOVIES] = {19, 0, NONE, NONE, 25, NONE};
static const position catalogue[MOVIES] = {
    {0, 1.0F, 0.0F}, {2, 1.0F, 0.0F},  {3, 0.830075F, 0.169925F}, /* 2 log2 3 = 3.169925 */
    {NONE, 0, 0},    {47, 0.0F, 1.0F}, {47, 0.0F, 1.0F}};

static void check_movie(const hr_movie_features *features, int64_t movie)
{
    float row[COLUMNS], expected[COLUMNS] = {0};
    for (int c = 0; c < COLUMNS; c++)
        row[c] = -1.0F; /* all of it is to be written */
    for (int g = 0; g < GENRES; g++)
        expected[g] = genres[movie] >> g & 1 ? 1.0F : 0.0F;
    if (period[movie] != NONE)
        expected[PERIOD + period[movie]] = 1.0F;
    if (catalogue[movie].column != NONE) {
        expected[PLACE + catalogue[movie].column] = catalogue[movie].share;
        expected[PLACE + catalogue[movie].column + 1] = catalogue[movie].next;
    }
    for (int c = 0; c < 2; c++)
        expected[IMPORTED + c] = imported[movie * 2 + c];
    hr_movie_features_row(features, movie, row);
    for (int c = 0; c < COLUMNS; c++)
        assert_float_equal(row[c], expected[c], 1e-5F);
}

static void rows(void **state)
{
    (void)state;
    hr_movie_features features = {.movies = MOVIES,
                                  .genres = toy_genres(genres, MOVIES, GENRES),
                                  .year = year,
                                  .id = {.count = MOVIES, .number = id},
                                  .imported = imported,
                                  .imported_count = 2};
    assert_int_equal(hr_movie_features_count(&features), COLUMNS);
    for (int64_t movie = 0; movie < MOVIES; movie++)
        check_movie(&features, movie);
    float row[COLUMNS];
    features.id.number = NULL; /* text tells nothing of age */
    hr_movie_features_row(&features, 0, row);
    for (int c = PLACE; c < IMPORTED; c++)
        assert_true(row[c] == 0.0F);
    hr_genres_free(&features.genres);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
