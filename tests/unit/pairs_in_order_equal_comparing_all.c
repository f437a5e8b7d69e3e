/* Counting pairs by intervals of the held-out scores gives exactly what comparing all pairs does. */
#include "io/base/philox.h"
#include "tests/support/cmocka_tests.h"
#include "trainer/evaluation/right_order.h"
#include "trainer/simd/line.h"

#include <float.h>
#include <math.h>

enum { OTHERS = 1605, PADDED = 1616, HELD = 700 };

static float held[HELD], by_interval[HELD];
static alignas(64) float score[PADDED];

static uint32_t word(int64_t i)
{
    return hr_philox(5, HR_STREAM_SYNTH, 0, (uint64_t)i).word[0];
}

/* Numbers of `values` different values, or of about as many as there are floats, around 0. */
static void fill(float *to, int64_t count, int64_t first, uint32_t values)
{
    for (int64_t i = 0; i < count; i++)
        to[i] = values ? (float)(word(first + i) % values) - 3.0F : (float)hr_uniform(word(first + i)) - 0.5F;
}

static void equals_comparing_all(int64_t count)
{
    static hr_right_order order;
    double pairs = 0.0;
    for (int64_t i = OTHERS; i < PADDED; i++)
        score[i] = NAN;
    for (int64_t h = 0; h < count; h++)
        for (int64_t i = 0; i < OTHERS; i++)
            pairs += 0.5 * ((score[i] < held[h]) + (score[i] <= held[h]));
    hr_right_order_set(&order, held, count, by_interval);
    assert_true(hr_right_order_count(&order, score, OTHERS) == pairs);
}

static void any_number_and_any_ties(void **state)
{
    (void)state;
    static const int64_t counts[] = {0, 1, 4, 5, 33, HELD};
    static const uint32_t values[] = {0, 1, 7, 1000};
    for (int c = 0; c < 6; c++)
        for (int h = 0; h < 4; h++)
            for (int s = 0; s < 4; s++) {
                fill(held, counts[c], 0, values[h]);
                fill(score, OTHERS, HELD, values[s]);
                equals_comparing_all(counts[c]);
            }
}

static void scores_within_and_beyond_the_held_out_ones(void **state)
{
    (void)state;
    fill(held, HELD, 0, 0);
    fill(score, OTHERS, HELD, 0);
    for (int64_t i = 0; i < OTHERS; i++)
        score[i] *= 1.5F;
    for (int64_t i = 0; i < HELD; i++)
        score[i] = nextafterf(held[i], i % 2 == 0 ? 1.0F : -1.0F);
    equals_comparing_all(HELD);
}

static void nan_and_infinity(void **state)
{
    (void)state;
    static const float odd[] = {NAN, INFINITY, -INFINITY, FLT_MAX, -FLT_MAX, FLT_MIN, 0.0F, -0.0F};
    fill(score, OTHERS, HELD, 0);
    for (int64_t i = 0; i < 80; i++)
        score[i * 20] = odd[i % 8];
    fill(held, HELD, 0, 0);
    equals_comparing_all(HELD);
    for (int i = 0; i < 8; i++) { /* one after the other, and all together */
        held[i * 50] = odd[i];
        equals_comparing_all(HELD);
    }
    for (int64_t i = 0; i < HELD; i++)
        held[i] = i % 3 == 0 ? FLT_MIN / 2.0F : FLT_MIN;
    equals_comparing_all(HELD);
    for (int64_t i = 0; i < HELD; i++)
        held[i] = NAN;
    equals_comparing_all(HELD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_and_any_ties),
        cmocka_unit_test(scores_within_and_beyond_the_held_out_ones),
        cmocka_unit_test(nan_and_infinity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
