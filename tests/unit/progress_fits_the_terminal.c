/* The bar of a run: what it says, and that it is never wider than the terminal. */
#include "io/comm/progress.h"
#include "tests/support/cmocka_tests.h"

#include <string.h>

static void text(void **state)
{
    (void)state;
    const hr_progress_part part = {.number = 3, .numbers = 20, .done = 20, .total = 40};
    char bar[256];
    hr_progress_format(&part, 2.5, "recall@20 0.2311", 200, bar, sizeof bar);
    assert_string_equal(
        bar, "epoch 3/20 [============            ] 20/40, 2.5 steps/s, at most 4:40 left, recall@20 0.2311");
    hr_progress_format(&part, 0.0, "", 200, bar, sizeof bar);
    assert_string_equal(bar, "epoch 3/20 [============            ] 20/40");
    hr_progress_format(&part, 0.001, "", 200, bar, sizeof bar);
    assert_non_null(strstr(bar, "at most 194:26:40 left"));
    for (int columns = 1; columns < 120; columns++) {
        hr_progress_format(&part, 2.5, "recall@20 0.2311", columns, bar, sizeof bar);
        assert_true((int)strlen(bar) <= columns);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(text)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
