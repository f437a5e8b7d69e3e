/* Parts that METIS leaves empty receive vertices of the heaviest parts; the others stay as they are. */
#include "partition/cut/fill_parts.h"
#include "tests/support/cmocka_tests.h"

enum { VERTICES = 8, KINDS = 2, MOST_PARTS = 8 };

static void check_none_is_empty(const int32_t *owner, int32_t parts)
{
    int64_t count[MOST_PARTS] = {0};
    for (int64_t v = 0; v < VERTICES; v++) {
        assert_in_range(owner[v], 0, parts - 1);
        count[owner[v]]++;
    }
    for (int32_t p = 0; p < parts; p++)
        assert_true(count[p] > 0);
}

static const int32_t weight[VERTICES * KINDS] = {5, 0, 1, 0, 1, 0, 3, 0, 0, 4, 0, 2, 0, 2, 0, 2};

static void an_empty_part_takes_half_of_the_heaviest(void **state)
{
    (void)state;
    hr_error err;
    int32_t filled = 0, owner[VERTICES] = {0, 0, 0, 0, 2, 2, 2, 2};
    /* Parts 0 and 2 weigh 10 each; part 0 is the first of them. */
    assert_ok(hr_parts_fill(weight, KINDS, VERTICES, 3, owner, &filled, &err));
    assert_int_equal(filled, 1);
    const int32_t expected[VERTICES] = {1, 0, 0, 0, 2, 2, 2, 2};
    assert_memory_equal(owner, expected, sizeof expected);
    assert_ok(hr_parts_fill(weight, KINDS, VERTICES, 3, owner, &filled, &err));
    assert_int_equal(filled, 0);
    assert_memory_equal(owner, expected, sizeof expected);
}

static void as_many_parts_as_vertices_have_one_each(void **state)
{
    (void)state;
    hr_error err;
    for (int32_t parts = 1; parts <= VERTICES; parts++)
        for (int32_t only = 0; only < parts; only++) {
            int32_t filled = 0, owner[VERTICES];
            for (int64_t v = 0; v < VERTICES; v++)
                owner[v] = only;
            assert_ok(hr_parts_fill(weight, KINDS, VERTICES, parts, owner, &filled, &err));
            assert_int_equal(filled, parts - 1);
            check_none_is_empty(owner, parts);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(an_empty_part_takes_half_of_the_heaviest),
                                       cmocka_unit_test(as_many_parts_as_vertices_have_one_each)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
