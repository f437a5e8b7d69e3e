/* The learning rate of each step: warmup, a constant, a cosine. */
#include "tests/support/cmocka_tests.h"
#include "trainer/optimiser/optimiser_config.h"

#include <math.h>

static void a_cosine_falls_to_zero(void **state)
{
    (void)state;
    hr_optimiser_config config = {.rate = 0.5, .schedule = HR_SCHEDULE_COSINE, .steps = 100};
    assert_true(hr_optimiser_rate(&config, 0) == 0.5);
    assert_true(fabs(hr_optimiser_rate(&config, 50) - 0.25) < 1e-12);
    for (int64_t step = 1; step < 100; step++)
        assert_true(hr_optimiser_rate(&config, step) < hr_optimiser_rate(&config, step - 1));
    assert_true(hr_optimiser_rate(&config, 100) == 0.0);
    config.schedule = HR_SCHEDULE_CONSTANT;
    assert_true(hr_optimiser_rate(&config, 99) == 0.5);
}

static void warmup_grows_to_the_whole_rate(void **state)
{
    (void)state;
    hr_optimiser_config config = {.rate = 0.5, .warmup = 4, .schedule = HR_SCHEDULE_CONSTANT, .steps = 100};
    assert_true(hr_optimiser_rate(&config, 0) == 0.125);
    assert_true(hr_optimiser_rate(&config, 3) == 0.5);
    assert_true(hr_optimiser_rate(&config, 99) == 0.5);
    config.schedule = HR_SCHEDULE_COSINE;
    assert_true(hr_optimiser_rate(&config, 0) == 0.125);
    assert_true(hr_optimiser_rate(&config, 50) < 0.2501);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_cosine_falls_to_zero),
                                       cmocka_unit_test(warmup_grows_to_the_whole_rate)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
