/* Options that are worked out from the data, and the recipes. */
#include "tests/support/cmocka_tests.h"
#include "trainer/config/train_options.h"
#include "trainer/sampling/candidates.h"
#include "trainer/sampling/sampler.h"

static void a_batch_is_a_share_of_the_edges_or_of_the_vertices(void **state)
{
    (void)state;
    hr_train_options options = hr_train_defaults;
    const hr_graph_size small = {100, 50, 1000}, dense = {140000, 27000, 16000000},
                        sparse = {30000, 42000, 800000};
    assert_int_equal(hr_train_batch(&options, small), 3072);
    assert_int_equal(hr_train_batch(&options, dense), 160000);
    assert_int_equal(hr_train_batch(&options, sparse), 12000);
    options.batch = 77;
    assert_int_equal(hr_train_batch(&options, dense), 77);
}

static void negatives_are_as_hard_as_the_catalogue_is_long_and_unknown(void **state)
{
    (void)state;
    hr_train_options options = hr_train_defaults;
    assert_int_equal(hr_train_negatives(&options, (hr_graph_size){1, 1, 1}), 1);
    assert_int_equal(hr_train_negatives(&options, (hr_graph_size){1, 10000, 2000000}), 26);
    assert_int_equal(hr_train_negatives(&options, (hr_graph_size){1, 10000, 5000000}),
                     11); /* 25 x 200 / 500 */
    assert_int_equal(hr_train_negatives(&options, (hr_graph_size){1, 1000000000, 1}), HR_MAX_CANDIDATES);
    options.negatives = 5;
    assert_int_equal(hr_train_negatives(&options, (hr_graph_size){1, 9000, 1}), 5);
}

/* The settings published with LightGCN (He et al. 2020, section 4.1.2, and its code's defaults). */
static void the_reference_is_as_published(void **state)
{
    (void)state;
    hr_train_options options;
    hr_train_recipe(HR_RECIPE_REFERENCE, &options);
    assert_true(options.lr == 0.001 && options.decay == 1e-4 && options.user_power == 0.5);
    assert_int_equal(options.sample, HR_SAMPLE_USER);
    assert_int_equal(options.batch, 2048);
    assert_int_equal(options.negatives, 1);
    assert_int_equal(options.spectral_rounds, 0);
    assert_int_equal(options.schedule, HR_SCHEDULE_CONSTANT);
    assert_int_equal(options.epochs, 1000);
    assert_int_equal(options.dim, 64);
    assert_int_equal(options.layers, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_batch_is_a_share_of_the_edges_or_of_the_vertices),
        cmocka_unit_test(negatives_are_as_hard_as_the_catalogue_is_long_and_unknown),
        cmocka_unit_test(the_reference_is_as_published),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
