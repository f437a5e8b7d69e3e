/* Offsets, counting sort, binary search and even cuts give what the plain loop over all elements gives. */
#include "io/base/even.h"
#include "io/base/offsets.h"
#include "io/base/philox.h"
#include "io/base/search.h"
#include "io/base/sort.h"
#include "tests/support/cmocka_tests.h"

enum { MOST = 40, GROUPS = 7, TRIES = 200 };

static const int64_t far = INT64_C(1) << 33;

static int32_t drawn(int try, int64_t index, uint32_t below)
{
    return (int32_t)hr_below(hr_philox(1, HR_STREAM_SYNTH, (uint32_t)try, (uint64_t)index).word[0], below);
}

static void lower_bounds_are_counts_of_less(void **state)
{
    (void)state;
    for (int try = 0; try < TRIES; try++) {
        int32_t narrow[MOST];
        int64_t wide[MOST];
        const int count = drawn(try, MOST, MOST + 1);
        for (int i = 0; i < count; i++)
            narrow[i] = drawn(try, i, MOST);
        hr_sort_i32(narrow, count);
        for (int i = 0; i < count; i++)
            wide[i] = narrow[i] * far;
        for (int32_t wanted = -1; wanted <= MOST; wanted++) {
            int64_t less = 0, at = HR_NOT_FOUND;
            for (int i = count - 1; i >= 0; i--) {
                less += narrow[i] < wanted;
                at = narrow[i] == wanted ? i : at;
            }
            assert_int_equal(hr_lower_bound_i32(narrow, count, wanted), less);
            assert_int_equal(hr_find_i32(narrow, count, wanted), at);
            assert_int_equal(hr_lower_bound_i64(wide, count, wanted * far), less);
            assert_int_equal(hr_find_i64(wide, count, wanted * far), at);
        }
    }
}

static void counting_sort_is_stable(void **state)
{
    (void)state;
    for (int try = 0; try < TRIES; try++) {
        int32_t key[MOST];
        int64_t ptr[GROUPS + 1], order[MOST], next = 0, largest = 0;
        const int count = drawn(try, MOST, MOST + 1);
        for (int i = 0; i < count; i++)
            key[i] = drawn(try, i, GROUPS);
        hr_counting_sort(key, count, GROUPS, ptr, order);
        for (int g = 0; g < GROUPS; g++) {
            assert_int_equal(ptr[g], next);
            for (int i = 0; i < count; i++)
                if (key[i] == g)
                    assert_int_equal(order[next++], i);
            largest = next - ptr[g] > largest ? next - ptr[g] : largest;
        }
        assert_int_equal(ptr[GROUPS], count);
        assert_int_equal(hr_offsets_largest(ptr, GROUPS), largest);
    }
}

static void groups_are_cut_where_the_share_is_full(void **state)
{
    (void)state;
    for (int try = 0; try < TRIES; try++) {
        int64_t ptr[MOST + 1] = {0}, first[GROUPS + 1], shares[GROUPS + 1];
        for (int g = 0; g < MOST; g++)
            ptr[g + 1] = drawn(try, g, 5);
        hr_offsets_sum(ptr, MOST);
        hr_even_groups(ptr, MOST, GROUPS, first);
        hr_even_shares(ptr[MOST], GROUPS, shares);
        assert_int_equal(first[0], 0);
        assert_int_equal(first[GROUPS], MOST);
        for (int part = 1; part < GROUPS; part++) {
            int64_t group = 0;
            while (group < MOST && ptr[group] < ptr[MOST] * part / GROUPS)
                group++;
            assert_int_equal(first[part], group);
            assert_int_equal(shares[part], ptr[MOST] * part / GROUPS);
        }
    }
}

static void equal_keys_go_by_number(void **state)
{
    (void)state;
    hr_keyed record[] = {{3, 1}, {-2, 9}, {3, 0}, {INT64_MIN, 4}};
    hr_sort_keyed(record, 4);
    assert_int_equal(record[0].value, 4);
    assert_int_equal(record[1].value, 9);
    assert_int_equal(record[2].value, 0);
    assert_int_equal(record[3].value, 1);
    double real[] = {0.5, -1.0};
    int64_t wide[] = {INT64_MAX, INT64_MIN};
    hr_sort_f64(real, 2);
    hr_sort_i64(wide, 2);
    assert_true(real[0] < real[1] && wide[0] < wide[1]);
    hr_sort_i64(NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lower_bounds_are_counts_of_less), cmocka_unit_test(counting_sort_is_stable),
        cmocka_unit_test(groups_are_cut_where_the_share_is_full), cmocka_unit_test(equal_keys_go_by_number)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
