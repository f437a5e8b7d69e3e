/* Known answers of Philox4x32-10, from the Random123 distribution. */
#include "io/base/philox.h"
#include "tests/support/cmocka_tests.h"

static void check(uint64_t seed, uint32_t stream, uint32_t step, uint64_t index, const uint32_t expected[4])
{
    const hr_random4 drawn = hr_philox(seed, (hr_stream)stream, step, index);
    for (int i = 0; i < 4; i++)
        assert_int_equal(drawn.word[i], expected[i]);
}

static void known_answers(void **state)
{
    (void)state;
    const uint32_t zeros[4] = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
    const uint32_t ones[4] = {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd};
    const uint32_t pi[4] = {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1};
    check(0, 0, 0, 0, zeros);
    check(UINT64_MAX, UINT32_MAX, UINT32_MAX, UINT64_MAX, ones);
    check(0x299f31d0a4093822, 0x03707344, 0x13198a2e, 0x85a308d3243f6a88, pi);
}

static void bounded_numbers_stay_in_bounds(void **state)
{
    (void)state;
    assert_int_equal(hr_below(UINT32_MAX, 10), 9);
    assert_int_equal(hr_below(0, 10), 0);
    assert_int_equal(hr_below64(UINT32_MAX, UINT32_MAX, 1), 0);
    assert_int_equal(hr_below64(UINT32_MAX, UINT32_MAX, (uint64_t)1 << 40), ((uint64_t)1 << 40) - 1);
    assert_true(hr_uniform(0) > 0.0 && hr_uniform(UINT32_MAX) < 1.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers),
        cmocka_unit_test(bounded_numbers_stay_in_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
