/* Shares by the number of a user's ratings, and mixed scores, against cases worked by hand. */
#include "tests/support/cmocka_tests.h"
#include "trainer/scoring/mixture.h"

#include <math.h>

static hr_mixture parse(const char *text)
{
    hr_error err = {""};
    hr_mixture mixture;
    assert_ok(hr_mixture_parse(text, 1, &mixture, &err));
    return mixture;
}

static void assert_shares(const hr_mixture *mixture, int64_t ratings, double content, double collaborative,
                          double popularity)
{
    const hr_mixture_band band = hr_mixture_of(mixture, ratings, &(bool){ratings > 0});
    assert_true(fabs(band.content - content) < 1e-12);
    assert_true(fabs(band.model[0] - collaborative) < 1e-12);
    assert_true(fabs(band.popularity - popularity) < 1e-12);
}

static void shares_go_by_the_number_of_ratings(void **state)
{
    (void)state;
    const hr_mixture mixture = parse("5:70/20/10,10:50/35/15,30/60/10");
    assert_shares(&mixture, 1, 0.7, 0.2, 0.1);
    assert_shares(&mixture, 4, 0.7, 0.2, 0.1);
    assert_shares(&mixture, 5, 0.5, 0.35, 0.15);
    assert_shares(&mixture, 9, 0.5, 0.35, 0.15);
    assert_shares(&mixture, 10, 0.3, 0.6, 0.1);
    assert_shares(&mixture, 100000, 0.3, 0.6, 0.1);
}

static void who_is_unknown_is_served_by_content_and_popularity(void **state)
{
    (void)state;
    const hr_mixture mixture = parse("5:70/20/10,30/60/10"), model_alone = parse("0/1/0");
    assert_shares(&mixture, 0, 0.875, 0.0, 0.125);
    assert_shares(&model_alone, 0, 0.0, 1.0, 0.0);
    assert_shares(&model_alone, 1, 0.0, 1.0, 0.0);
    assert_int_equal(parse("").bands, 0);
}

static void scores_are_scaled_and_mixed(void **state)
{
    (void)state;
    float popularity[] = {0.0F, 0.5F, 1.0F};
    float content[] = {0.2F, 0.6F, 0.2F}, score[] = {-3.0F, 1.0F, 5.0F};
    const hr_mixer mixer = {.mixture = parse("25/50/25"), .popularity = popularity};
    hr_mixer_mix(&mixer, 3, &(bool){true}, 3, content,
                 &(float *){score}); /* content 0, 1, 0; model 0, 1/2, 1 */
    assert_true(fabsf(score[0] - 0.0F) < 1e-6F);
    assert_true(fabsf(score[1] - 0.625F) < 1e-6F);
    assert_true(fabsf(score[2] - 0.75F) < 1e-6F);
}

static void several_models_have_shares(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_mixture mixture;
    const bool both[] = {true, true}, first[] = {true, false}, none[] = {false, false};
    assert_ok(hr_mixture_parse("60/40", 2, &mixture, &err));
    hr_mixture_band band = hr_mixture_of(&mixture, 3, both);
    assert_true(fabs(band.model[0] - 0.6) < 1e-12 && fabs(band.model[1] - 0.4) < 1e-12);
    assert_int_equal(hr_mixture_alone(&band, 2), -1);
    band = hr_mixture_of(&mixture, 3, first);
    assert_true(fabs(band.model[0] - 1.0) < 1e-12 && band.model[1] == 0.0);
    assert_int_equal(hr_mixture_alone(&band, 2), 0);
    band = hr_mixture_of(&mixture, 0, none);
    assert_true(fabs(band.model[0] - 0.6) < 1e-12 && band.popularity == 0.0);
    assert_ok(hr_mixture_parse("1/0", 2, &mixture, &err));
    band = hr_mixture_of(&mixture, 0, (const bool[]){false, true});
    assert_int_equal(hr_mixture_alone(&band, 2), 0);
    assert_ok(hr_mixture_parse("5:0/0/0/1,10/20/30/40", 2, &mixture, &err));
    band = hr_mixture_of(&mixture, 4, both);
    assert_int_equal(hr_mixture_alone(&band, 2), 1);
    band = hr_mixture_of(&mixture, 5, first);
    assert_true(fabs(band.content - 10.0 / 60.0) < 1e-12 && fabs(band.model[0] - 20.0 / 60.0) < 1e-12);
    assert_int_equal(hr_mixture_parse("1/2/3", 2, &mixture, &err), HR_USAGE);
    assert_ok(hr_mixture_parse("1/2/3", 3, &mixture, &err));
}

/* Of two models that are scaled, and of one that has all shares and stays as it is. */
static void scores_of_several_models_are_mixed(void **state)
{
    (void)state;
    hr_error err = {""};
    const bool known[] = {true, true};
    float popularity[3] = {0}, content[3] = {0};
    float a[] = {-3.0F, 1.0F, 5.0F}, b[] = {20.0F, 10.0F, 10.0F}, *score[] = {a, b};
    hr_mixer mixer = {.popularity = popularity};
    assert_ok(hr_mixture_parse("3/1", 2, &mixer.mixture, &err));
    hr_mixer_mix(&mixer, 3, known, 3, content, score); /* a 0, 1/2, 1; b 1, 0, 0 */
    assert_true(fabsf(a[0] - 0.25F) < 1e-6F && fabsf(a[1] - 0.375F) < 1e-6F && fabsf(a[2] - 0.75F) < 1e-6F);
    memcpy(b, (float[]){20.0F, 10.0F, 0.1F}, sizeof b);
    assert_ok(hr_mixture_parse("0/1", 2, &mixer.mixture, &err));
    hr_mixer_mix(&mixer, 3, known, 3, content, score);
    assert_memory_equal(a, ((float[]){20.0F, 10.0F, 0.1F}), sizeof a);
}

static void nonsense_is_refused(void **state)
{
    (void)state;
    static const char *const nonsense[] = {"x",       "1/2",         "1/2/3/4",      "0/0/0",
                                           "5:1/1/1", "1/1/1,2/2/2", "-1/1/1",       "5:1/1/1,4:1/1/1,1/1/1",
                                           "1/1/nan", "1/1/1,",      "0:1/1/1,1/1/1"};
    for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++) {
        hr_error err = {""};
        hr_mixture mixture;
        assert_int_equal(hr_mixture_parse(nonsense[i], 1, &mixture, &err), HR_USAGE);
        assert_non_null(strstr(err.text, nonsense[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(shares_go_by_the_number_of_ratings),
                                       cmocka_unit_test(who_is_unknown_is_served_by_content_and_popularity),
                                       cmocka_unit_test(scores_are_scaled_and_mixed),
                                       cmocka_unit_test(several_models_have_shares),
                                       cmocka_unit_test(scores_of_several_models_are_mixed),
                                       cmocka_unit_test(nonsense_is_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
