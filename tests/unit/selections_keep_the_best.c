/* A selection of any length equals a full sort of what is allowed, with ties by item, whatever pieces come. */
#include "io/base/memory.h"
#include "io/base/philox.h"
#include "tests/support/cmocka_tests.h"
#include "trainer/recommend/selection.h"

#include <math.h>
#include <stdlib.h>

enum { ITEMS = 3000 };

static float score[ITEMS];
static uint8_t allowed[ITEMS];

static int by_score(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    if (score[x] != score[y])
        return score[x] > score[y] ? -1 : 1;
    return x - y;
}

static void draw(uint32_t values)
{
    for (int32_t i = 0; i < ITEMS; i++) {
        const uint32_t word = hr_philox(1, HR_STREAM_SYNTH, values, (uint64_t)i).word[0];
        score[i] = (float)(word % values) - (float)(values / 2); /* few values are many ties */
        allowed[i] = word % 7 != 0;
        if (word % 11 == 0)
            score[i] = NAN;
    }
}

static void check(int64_t k, const uint8_t *is_allowed, int64_t piece)
{
    hr_error err;
    hr_selection selection = {0};
    static int32_t order[ITEMS], item[ITEMS];
    static float best_score[ITEMS];
    hr_topk best = {k, 0, best_score, item};
    int64_t count = 0;
    for (int32_t i = 0; i < ITEMS; i++)
        if (!isnan(score[i]) && (!is_allowed || is_allowed[i]))
            order[count++] = i;
    qsort(order, (size_t)count, sizeof *order, by_score);
    assert_ok(hr_selection_create(&selection, k, &err));
    for (int again = 0; again < 2; again++) { /* it can be used again */
        hr_selection_begin(&selection, k);
        for (int64_t first = 0; first < ITEMS; first += piece)
            hr_selection_offer(&selection, score + first, (int32_t)first,
                               ITEMS - first < piece ? ITEMS - first : piece, is_allowed);
        hr_selection_finish(&selection, &best);
        assert_int_equal(best.count, count < k ? count : k);
        for (int64_t i = 0; i < best.count; i++) {
            assert_int_equal(item[i], order[i]);
            assert_true(best_score[i] == score[order[i]]);
        }
    }
    hr_selection_free(&selection);
}

static void equals_a_full_sort(void **state)
{
    (void)state;
    const int64_t lengths[] = {1, 2, 20, 100, 1000, ITEMS};
    for (uint32_t values = 2; values < 1000000; values *= 100) {
        draw(values);
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
            check(lengths[i], NULL, 1024);
            check(lengths[i], allowed, 77);
        }
    }
}

static void ascending_scores_are_the_worst_case(void **state)
{
    (void)state;
    for (int32_t i = 0; i < ITEMS; i++)
        score[i] = (float)i - 0.5F * ITEMS;
    check(100, NULL, 1024);
}

static void zeros_of_both_signs_are_equal(void **state)
{
    (void)state;
    for (int32_t i = 0; i < ITEMS; i++)
        score[i] = i % 2 ? 0.0F : -0.0F;
    check(100, NULL, ITEMS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_a_full_sort),
        cmocka_unit_test(ascending_scores_are_the_worst_case),
        cmocka_unit_test(zeros_of_both_signs_are_equal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
