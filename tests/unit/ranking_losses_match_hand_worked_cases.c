/* Losses against cases worked by hand, and their derivatives against differences. */
#include "tests/support/cmocka_tests.h"
#include "trainer/loss/ranking_loss.h"

#include <math.h>

static void losses_are_as_defined(void **state)
{
    (void)state;
    float gradient, negative[2] = {0.0F, 0.0F};
    /* equal scores: ln 2 a negative; ln 3 for three of a kind; and ln 2 for each of three sigmoids of 0 */
    assert_true(fabsf(hr_ranking_loss(HR_LOSS_BPR, 0.0F, negative, 1, &gradient) - logf(2.0F)) < 1e-6F);
    assert_true(fabsf(gradient + 0.5F) < 1e-6F && fabsf(negative[0] - 0.5F) < 1e-6F);
    negative[0] = 0.0F;
    assert_true(fabsf(hr_ranking_loss(HR_LOSS_SOFTMAX, 0.0F, negative, 2, &gradient) - logf(3.0F)) < 1e-6F);
    assert_true(fabsf(gradient + 2.0F / 3.0F) < 1e-6F && fabsf(negative[1] - 1.0F / 3.0F) < 1e-6F);
    negative[0] = negative[1] = 0.0F;
    assert_true(fabsf(hr_ranking_loss(HR_LOSS_BCE, 0.0F, negative, 2, &gradient) - 3.0F * logf(2.0F)) <
                1e-6F);
    assert_true(fabsf(gradient + 0.5F) < 1e-6F && fabsf(negative[1] - 0.5F) < 1e-6F);
}

static void scores_far_apart_do_not_overflow(void **state)
{
    (void)state;
    static const hr_loss losses[] = {HR_LOSS_BPR, HR_LOSS_SOFTMAX, HR_LOSS_BCE};
    for (int i = 0; i < 3; i++) {
        float gradient, negative[2] = {500.0F, -500.0F};
        const float loss = hr_ranking_loss(losses[i], -500.0F, negative, 2, &gradient);
        assert_true(isfinite(loss) && loss > 900.0F);
        assert_true(isfinite(gradient) && isfinite(negative[0]) && isfinite(negative[1]));
    }
}

static double loss_at(hr_loss loss, const double score[3])
{
    float gradient, negative[2] = {(float)score[1], (float)score[2]};
    return (double)hr_ranking_loss(loss, (float)score[0], negative, 2, &gradient);
}

static void derivatives_match_differences(void **state)
{
    (void)state;
    static const hr_loss losses[] = {HR_LOSS_BPR, HR_LOSS_SOFTMAX, HR_LOSS_BCE};
    for (int i = 0; i < 3; i++) {
        double score[3] = {0.7, -0.4, 1.3};
        float gradient[3] = {0.0F, -0.4F, 1.3F};
        hr_ranking_loss(losses[i], 0.7F, gradient + 1, 2, gradient);
        for (int s = 0; s < 3; s++) {
            const double step = 1e-2, before = score[s];
            score[s] = before + step;
            const double above = loss_at(losses[i], score);
            score[s] = before - step;
            const double below = loss_at(losses[i], score);
            score[s] = before;
            assert_true(fabs((above - below) / (2.0 * step) - (double)gradient[s]) < 1e-4);
        }
    }
}

static void softmax_uses_all_negatives_once_together(void **state)
{
    (void)state;
    assert_true(hr_ranking_use(HR_LOSS_BPR, 1) == 1.0F);
    assert_true(hr_ranking_use(HR_LOSS_BCE, 4) == 1.0F);
    assert_true(hr_ranking_use(HR_LOSS_SOFTMAX, 4) == 0.25F);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(losses_are_as_defined),
                                       cmocka_unit_test(scores_far_apart_do_not_overflow),
                                       cmocka_unit_test(derivatives_match_differences),
                                       cmocka_unit_test(softmax_uses_all_negatives_once_together)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
