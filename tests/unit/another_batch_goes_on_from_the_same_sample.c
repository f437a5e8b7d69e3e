/* A run that goes on with another batch is as far as before in samples: epochs done, and whole steps of the one begun. */
#include "tests/support/cmocka_tests.h"
#include "trainer/run/state.h"

#include <math.h>

static void check(int64_t position, int64_t before, int64_t batch, int64_t expected, double loss)
{
    const int64_t edges = 1000;
    hr_state state = {.step = 77, .position = position, .epoch_loss = 12.0};
    hr_state_rebatch(&state, edges, before, batch);
    assert_int_equal(state.position, expected);
    assert_int_equal(state.step, 77); /* what Adam counts */
    assert_true(fabs(state.epoch_loss - loss) < 1e-12);
}

static void samples_are_counted(void **state)
{
    (void)state;
    check(25, 100, 100, 25, 12.0); /* 2 1/2 epochs of 10 steps */
    check(25, 100, 50, 50, 24.0);  /* of 20 */
    check(25, 100, 200, 12, 4.8);  /* of 5: 2 of the third's 2 1/2 */
    check(20, 100, 300, 8, 0.0);   /* of 4 */
    check(25, 100, 300, 9, 2.4);
    check(25, 100, 5000, 2, 0.0); /* of 1 */
    check(2, 5000, 100, 20, 0.0);
    check(0, 100, 7, 0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(samples_are_counted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
