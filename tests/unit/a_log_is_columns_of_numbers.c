/* A run's log as columns: missing values, repeated epochs of a resumed run, running totals that begin again, best values. */
#include "tests/support/cmocka_tests.h"
#include "trainer/history/history.h"

#include <math.h>
#include <string.h>

static void add(hr_history *h, const char *line)
{
    hr_error err;
    assert_int_equal(hr_history_add(h, line, (int64_t)strlen(line), &err), HR_OK);
}

static void columns(void **state)
{
    (void)state;
    hr_history h = {0};
    bool highest = false;
    add(&h, "{\"epoch\": 1, \"loss\": 0.7, \"elapsed\": 2, \"seconds\": {\"halo\": 1}}\n");
    add(&h, "not JSON");
    add(&h, "[1]");
    add(&h,
        "{\"epoch\": 2, \"loss\": 0.5, \"recall@20\": 0.25, \"elapsed\": 4, \"seconds\": {\"halo\": 2}}\n");
    add(&h, "{\"epoch\": 3, \"loss\": 0.6, \"elapsed\": 6, \"seconds\": {\"halo\": 3}, \"text\": \"x\"}\n");
    assert_int_equal(h.lines, 3);
    assert_int_equal(h.bad, 2);
    assert_null(hr_history_find(&h, "text"));
    assert_true(isnan(hr_history_find(&h, "recall@20")[0]));
    assert_true(hr_history_last(&h, "recall@20") == 0.25);
    assert_int_equal(hr_history_best(&h, "loss", false), 1);
    assert_int_equal(hr_history_best(&h, "loss", true), 0);
    assert_int_equal(hr_history_best(&h, "rmse", true), -1);
    assert_string_equal(hr_history_figure(&h, &highest), "recall@20");
    assert_true(highest);
    /* The run is resumed after epoch 1, and counts its time anew. */
    add(&h, "{\"epoch\": 2, \"loss\": 0.4, \"elapsed\": 3, \"seconds\": {\"halo\": 0.5}, \"done\": true}\n");
    assert_int_equal(h.lines, 2);
    assert_true(h.done);
    assert_true(hr_history_total(&h, "elapsed") == 3.0);
    assert_true(hr_history_total(&h, "seconds.halo") == 1.5);
    assert_true(isnan(hr_history_last(&h, "recall@20")));
    hr_history_free(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(columns)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
