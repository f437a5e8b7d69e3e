/* The map of movies: rows that lie on a plane keep the distances of their directions, and axes have their shares of the variance. */
#include "tests/support/cmocka_tests.h"
#include "trainer/figures/embedding_map.h"

#include <math.h>

enum { DIM = 5, MOVIES = 40 };

static double angle(int m)
{
    return 0.05 * (double)m;
}

static void distances_stay(void **state)
{
    (void)state;
    static const float one[DIM] = {0.6F, 0.0F, 0.8F, 0.0F, 0.0F}, other[DIM] = {0.0F, 1.0F, 0.0F, 0.0F, 0.0F};
    float row[MOVIES * DIM];
    int32_t movie[MOVIES / 2];
    hr_embedding_map map = {0};
    hr_error err;
    for (int m = 0; m < MOVIES; m++) /* of any length */
        for (int c = 0; c < DIM; c++)
            row[m * DIM + c] =
                (float)(m + 1) * ((float)sin(angle(m)) * one[c] + (float)cos(angle(m)) * other[c]);
    for (int i = 0; i < MOVIES / 2; i++)
        movie[i] = 2 * i + 1;
    assert_int_equal(hr_embedding_map_make(&map, row, DIM, movie, MOVIES / 2, &err), HR_OK);
    assert_true(map.share[0] > map.share[1] && map.share[1] > 0.0);
    assert_true(fabs(map.share[0] + map.share[1] - 1.0) < 1e-5);
    for (int i = 1; i < MOVIES / 2; i++) {
        const double a = sin(angle(2 * i + 1)) - sin(angle(1)), b = cos(angle(2 * i + 1)) - cos(angle(1));
        const double x = map.x[i] - map.x[0], y = map.y[i] - map.y[0];
        assert_true(fabs(hypot(a, b) - hypot(x, y)) < 1e-4);
    }
    hr_embedding_map_free(&map);
}

static void rows_that_are_the_same(void **state)
{
    (void)state;
    const float row[3 * DIM] = {0};
    const int32_t movie[3] = {0, 1, 2};
    hr_embedding_map map = {0};
    hr_error err;
    assert_int_equal(hr_embedding_map_make(&map, row, DIM, movie, 3, &err), HR_OK);
    assert_true(map.share[0] == 0.0 && map.x[2] == 0.0);
    hr_embedding_map_free(&map);
    assert_int_equal(hr_embedding_map_make(&map, row, 1, movie, 3, &err), HR_OK);
    assert_true(map.share[0] == 0.0 && map.y[1] == 0.0);
    hr_embedding_map_free(&map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(distances_stay),
                                       cmocka_unit_test(rows_that_are_the_same)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
