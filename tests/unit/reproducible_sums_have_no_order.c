/* Sums of values rounded to one unit are the same in any order, and near the true one; plain sums are not. */
#include "io/base/philox.h"
#include "tests/support/cmocka_tests.h"
#include "trainer/numerics/summation.h"

#include <math.h>
#include <stdbool.h>

enum { COUNT = 100000 };

static double value[COUNT];

/* Numbers of very different sizes, of both signs, up to 1. */
static void draw(void)
{
    for (int64_t i = 0; i < COUNT; i++) {
        const hr_random4 r = hr_philox(3, HR_STREAM_SYNTH, 0, (uint64_t)i);
        value[i] = (hr_uniform(r.word[0]) - 0.5) * ldexp(1.0, -(int)(r.word[1] % 30));
    }
}

/* The sum from the i-th value on, in steps that visit all. */
static double sum(int64_t first, int64_t step, double unit)
{
    double total = 0.0;
    for (int64_t i = 0; i < COUNT; i++)
        total += hr_round_to_unit(value[(first + i * step) % COUNT], unit);
    return total;
}

static void order_does_not_matter(void **state)
{
    (void)state;
    draw();
    const double unit = hr_sum_unit(HR_SUM_REPRODUCIBLE, (double)COUNT);
    bool plain_differ = false;
    for (int64_t step = 1; step < 300; step += 2)
        if (step % 5 != 0) {
            assert_true(sum(step, step, unit) == sum(0, 1, unit));
            plain_differ = plain_differ || sum(step, step, 0.0) != sum(0, 1, 0.0);
        }
    assert_true(plain_differ);
    assert_true(fabs(sum(0, 1, unit) - sum(0, 1, 0.0)) < (double)COUNT * unit);
}

static void units_are_powers_of_two(void **state)
{
    (void)state;
    assert_true(hr_sum_unit(HR_SUM_REPRODUCIBLE, 1.0) == 0x1p-50);
    assert_true(hr_sum_unit(HR_SUM_REPRODUCIBLE, 1.5) == 0x1p-50);
    assert_true(hr_sum_unit(HR_SUM_REPRODUCIBLE, 1.999) * 0x1p51 >= 1.999);
    assert_true(hr_round_to_unit(0x1.8p-50, 0x1p-50) == 0x1p-49);
    assert_true(hr_round_to_unit(-0x1.4p-50, 0x1p-50) == -0x1p-50);
    assert_true(hr_round_to_unit(1.0, 0x1p-50) == 1.0);
}

static void nothing_has_no_unit(void **state)
{
    (void)state;
    assert_true(hr_sum_unit(HR_SUM_REPRODUCIBLE, 0.0) == 0.0);
    assert_true(hr_sum_unit(HR_SUM_REPRODUCIBLE, (double)NAN) == 0.0);
    assert_true(hr_sum_unit(HR_SUM_REPRODUCIBLE, (double)INFINITY) == 0.0);
    assert_true(hr_round_to_unit(0.3, 0.0) == 0.3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(units_are_powers_of_two),
        cmocka_unit_test(nothing_has_no_unit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
