/* The streaming list equals a full sort, with ties by item and blanks passed over. */
#include "io/base/philox.h"
#include "tests/support/cmocka_tests.h"
#include "trainer/recommend/topk.h"

#include <math.h>
#include <stdlib.h>

enum { ITEMS = 1000, K = 20 };

static const float *sorted_by;

static int by_score(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    if (sorted_by[x] != sorted_by[y])
        return sorted_by[x] > sorted_by[y] ? -1 : 1;
    return x - y;
}

static void equals_a_full_sort(void **state)
{
    (void)state;
    float score[ITEMS], best_score[K];
    int32_t item[K], order[ITEMS];
    hr_topk best = {K, 0, best_score, item};
    for (int32_t i = 0; i < ITEMS; i++) {
        order[i] = i;
        score[i] = (float)(hr_philox(1, HR_STREAM_SYNTH, 0, (uint64_t)i).word[0] % 100); /* many ties */
    }
    for (int32_t first = 0; first < ITEMS; first += 77)
        hr_topk_offer(&best, score + first, first, ITEMS - first < 77 ? ITEMS - first : 77);
    sorted_by = score;
    qsort(order, ITEMS, sizeof *order, by_score);
    assert_int_equal(best.count, K);
    for (int i = 0; i < K; i++) {
        assert_int_equal(item[i], order[i]);
        assert_true(best_score[i] == score[order[i]]);
    }
}

static void blanks_and_short_lists(void **state)
{
    (void)state;
    const float score[4] = {NAN, 1.0F, NAN, -INFINITY};
    float best_score[K];
    int32_t item[K];
    hr_topk best = {K, 0, best_score, item};
    hr_topk_offer(&best, score, 0, 4);
    assert_int_equal(best.count, 2);
    assert_int_equal(item[0], 1);
    assert_int_equal(item[1], 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_a_full_sort),
        cmocka_unit_test(blanks_and_short_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
