/* What options leave open is resolved by the graph's size and the model; what does not fit is refused; recipes
 * and models set their defaults. */
#include "tests/support/cmocka_tests.h"
#include "trainer/config/recipe.h"
#include "trainer/config/train_config.h"
#include "trainer/models/model.h"

#include <string.h>

static hr_train_config resolved(const hr_train_options *options, hr_graph_size graph)
{
    hr_error err = {""};
    hr_train_config config;
    assert_ok(hr_train_config_resolve(options, graph, &config, &err));
    return config;
}

static void a_batch_is_a_share_of_the_edges_or_of_the_vertices(void **state)
{
    (void)state;
    hr_train_options options = hr_train_defaults;
    const hr_graph_size small = {100, 50, 1000}, dense = {140000, 27000, 16000000},
                        sparse = {30000, 42000, 800000};
    assert_int_equal(resolved(&options, small).sampling.batch, 3072);
    assert_int_equal(resolved(&options, dense).sampling.batch, 160000);
    assert_int_equal(resolved(&options, dense).run.epoch_steps, 100);
    assert_int_equal(resolved(&options, sparse).sampling.batch, 12000);
    options.batch = 77;
    assert_int_equal(resolved(&options, dense).sampling.batch, 77);
    assert_int_equal(resolved(&options, dense).optimiser.steps, 20 * ((16000000 + 76) / 77));
}

static void candidates_grow_with_the_catalogue_and_fall_with_its_ratings(void **state)
{
    (void)state;
    hr_train_options options = hr_train_defaults;
    assert_int_equal(resolved(&options, (hr_graph_size){1, 1, 1}).sampling.candidates, 1);
    assert_int_equal(resolved(&options, (hr_graph_size){1, 10000, 2000000}).sampling.candidates, 26);
    assert_int_equal(resolved(&options, (hr_graph_size){1, 10000, 5000000}).sampling.candidates,
                     11); /* 25 x 200 / 500 */
    assert_int_equal(resolved(&options, (hr_graph_size){1, 1000000000, 1}).sampling.candidates,
                     HR_MAX_CANDIDATES);
    options.negatives = 5;
    assert_int_equal(resolved(&options, (hr_graph_size){1, 9000, 1}).sampling.candidates, 5);
    options.pool = 0;
    assert_int_equal(resolved(&options, (hr_graph_size){1, 9000, 1}).sampling.candidates, 1);
}

static void evaluations_rank_for_what_training_affords(void **state)
{
    (void)state;
    hr_train_options options = hr_train_defaults;
    const hr_graph_size small = {610, 9724, 80000}, dense = {140000, 27000, 16000000},
                        sparse = {30000, 41000, 540000};
    assert_int_equal(resolved(&options, small).run.eval_users, 610);
    assert_int_equal(resolved(&options, dense).run.eval_users, 140000);
    const int64_t users = resolved(&options, sparse).run.eval_users; /* see docs/decisions/056 */
    assert_in_range(users, 3000, 4500);
    options.eval_every = 4;
    assert_in_range(resolved(&options, sparse).run.eval_users, 2 * users - 1, 2 * users + 1);
    options.eval_users = 7;
    assert_int_equal(resolved(&options, sparse).run.eval_users, 7);
    options = hr_train_defaults;
    strcpy(options.model, "ials");
    options.spectral_rounds = 0;
    assert_int_equal(resolved(&options, dense).run.eval_users, 2000); /* the least */
    strcpy(options.model, "mf");
    options.loss = HR_LOSS_MSE;
    options.optimiser = HR_OPTIMISER_SGD;
    options.eval_every = 1;
    assert_in_range(resolved(&options, dense).run.eval_users, 4000, 20000); /* to predict held-out ratings */
    assert_int_equal(resolved(&options, small).run.eval_users, 610);
}

static void a_loss_is_the_model_s_unless_one_is_named(void **state)
{
    (void)state;
    const hr_graph_size graph = {100, 50, 1000};
    hr_train_options options = hr_train_defaults;
    assert_int_equal(resolved(&options, graph).loss.kind, HR_LOSS_BPR);
    options.loss = HR_LOSS_SOFTMAX;
    assert_int_equal(resolved(&options, graph).loss.kind, HR_LOSS_SOFTMAX);
    strcpy(options.model, "als");
    options.loss = HR_LOSS_OWN;
    options.spectral_rounds = 0;
    const hr_train_config als = resolved(&options, graph);
    assert_int_equal(als.loss.kind, HR_LOSS_MSE);
    assert_true(als.model.predicts_ratings && als.scoring.predicts_ratings);
    assert_int_equal(als.run.epoch_steps, 1);
}

static hr_model_config ials(hr_graph_size graph, double unobserved)
{
    hr_error err = {""};
    hr_train_options options = hr_train_defaults;
    strcpy(options.model, "ials");
    assert_ok(hr_recipe_apply(&options, &err));
    options.unobserved = unobserved;
    return resolved(&options, graph).model;
}

/* The worked cases: 20 ratings a user and a density of 1/500; 5 a user; a full matrix. */
static void ials_weighs_unobserved_pairs_by_the_density(void **state)
{
    (void)state;
    const hr_graph_size sparse = {1000, 10000, 20000}, short_lists = {4000, 2500, 20000},
                        full = {40, 25, 1000};
    assert_float_equal(ials(sparse, 0).unobserved, 0.02, 1e-9);
    assert_float_equal(ials(sparse, 0).decay, 0.012, 1e-9);
    assert_float_equal(ials(sparse, 0.2).unobserved, 0.2, 1e-9);
    assert_float_equal(ials(sparse, 0.2).decay, 0.132 / 101, 1e-9);
    assert_float_equal(ials(short_lists, 0).decay, 0.024, 1e-9);
    assert_float_equal(ials(full, 0).unobserved, 1.0, 1e-9);
    assert_float_equal(ials(full, 0).decay, 0.02, 1e-9);
}

/* The options that ease kept before it had --self-weight, of which it used the ridge alone, and those that it keeps now. */
static void ease_of_before_stays_as_it_was_solved(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_train_config before, now;
    json_t *kept = json_pack("{s:s, s:i, s:i, s:i, s:f, s:f, s:f}", "model", "ease", "dim", 1, "layers", 0,
                             "spectral-rounds", 0, "user-power", 0.6, "dropout", 0.5, "ridge", 7.0);
    const hr_graph_size graph = {100, 50, 1000};
    assert_ok(hr_train_config_from_json(kept, graph, &before, &err));
    assert_true(before.model.user_power == 0.0 && before.model.dropout == 0.0);
    assert_true(before.model.self_weight == 0.0 && before.model.ridge == 7.0);
    json_t *again = hr_train_config_to_json(&before);
    json_object_set_new(again, "user-power", json_real(0.6));
    assert_ok(hr_train_config_from_json(again, graph, &now, &err));
    assert_true(now.model.user_power == 0.6);
    json_decref(again);
    json_decref(kept);
}

static hr_train_config mf(hr_loss loss, hr_graph_size graph)
{
    hr_error err = {""};
    hr_train_options options = hr_train_defaults;
    strcpy(options.model, "mf");
    options.loss = (int)loss;
    assert_ok(hr_recipe_apply(&options, &err));
    return resolved(&options, graph);
}

static void mf_regularises_short_lists_more(void **state)
{
    (void)state;
    const hr_graph_size long_lists = {1000, 10000, 20000}, short_lists = {4000, 2500, 20000};
    assert_float_equal(mf(HR_LOSS_BPR, long_lists).optimiser.decay, 0.05, 1e-9);
    assert_float_equal(mf(HR_LOSS_BPR, short_lists).optimiser.decay, 0.1, 1e-9);
    assert_float_equal(mf(HR_LOSS_MSE, short_lists).optimiser.decay, 0.1, 1e-9); /* fixed */
    assert_float_equal(mf(HR_LOSS_MSE, long_lists).optimiser.decay, 0.1, 1e-9);
}

static void refuse(const char *model, void (*change)(hr_train_options *options), const char *message)
{
    hr_error err = {""};
    hr_train_config config;
    hr_train_options options = {.loss = HR_LOSS_OWN};
    strcpy(options.model, model);
    assert_ok(hr_recipe_apply(&options, &err));
    change(&options);
    assert_int_equal(hr_train_config_resolve(&options, (hr_graph_size){100, 50, 1000}, &config, &err),
                     HR_USAGE);
    assert_non_null(strstr(err.text, message));
}

static void by_mse(hr_train_options *options)
{
    options->loss = HR_LOSS_MSE;
}

static void with_an_mlp(hr_train_options *options)
{
    strcpy(options->mlp, "8");
}

static void with_spectral_rounds(hr_train_options *options)
{
    options->spectral_rounds = 4;
}

static void in_bf16(hr_train_options *options)
{
    options->reproducible = true;
    options->halo = HR_WIRE_BF16;
}

static void of_seven_heads(hr_train_options *options)
{
    options->heads = 7;
}

static void of_two_columns(hr_train_options *options)
{
    options->dim = 2;
}

static void mixed(hr_train_options *options)
{
    strcpy(options->mixture, "50/50/0");
}

static void what_does_not_fit_is_refused(void **state)
{
    (void)state;
    refuse("lightgcn", by_mse, "--loss mse: --model lightgcn is not trained by it");
    refuse("lightgcn", with_an_mlp, "--mlp 8");
    refuse("mf", with_spectral_rounds, "--spectral-rounds 4: --model mf");
    refuse("lightgcn", in_bf16, "--halo bf16");
    refuse("gat", of_seven_heads, "--heads 7");
    refuse("popular", of_two_columns, "--dim 2: rows of --model popular");
    refuse("sage", mixed, "--mixture 50/50/0");
}

/* The settings published with LightGCN (He et al. 2020, section 4.1.2, and its code's defaults). */
static void the_reference_is_as_published(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_train_options options = {.model = "lightgcn", .recipe = HR_RECIPE_REFERENCE};
    assert_ok(hr_recipe_apply(&options, &err));
    assert_int_equal(options.recipe, HR_RECIPE_REFERENCE);
    assert_true(options.lr == 0.001 && options.decay == 1e-4 && options.user_power == 0.5);
    assert_int_equal(options.sample, HR_SAMPLE_USER);
    assert_int_equal(options.batch, 2048);
    assert_int_equal(options.pool, 0);
    assert_int_equal(options.negatives, 1);
    assert_int_equal(options.spectral_rounds, 0);
    assert_int_equal(options.schedule, HR_SCHEDULE_CONSTANT);
    assert_int_equal(options.epochs, 1000);
    assert_int_equal(options.eval_every, 10);
    assert_int_equal(options.dim, 64);
    assert_int_equal(options.layers, 3);
}

static void a_model_s_defaults_depend_on_the_loss(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_train_options ratings = {.model = "sage"}, ranking = {.model = "sage", .loss = HR_LOSS_BPR};
    assert_ok(hr_recipe_apply(&ratings, &err));
    assert_ok(hr_recipe_apply(&ranking, &err));
    assert_int_equal(ratings.loss, HR_LOSS_MSE);
    assert_int_equal(ratings.sample, HR_SAMPLE_EDGE);
    assert_int_equal(ranking.sample, HR_SAMPLE_USER);
    assert_true(ratings.dense_lr == 3e-5 && ratings.ridge == 10.0 && ratings.decay == 0.1);
    assert_true(ranking.dense_lr == 2e-4 && ranking.ridge == 0.0 && ranking.decay == 0.1);
}

/* Of mf, ratings go edge by edge with sgd and batch by batch with other optimisers, rankings always so. */
static void sgd_of_ratings_is_by_edges(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_train_options options = {.model = "mf", .loss = HR_LOSS_MSE};
    const hr_graph_size graph = {100, 50, 1000000};
    assert_ok(hr_recipe_apply(&options, &err));
    assert_int_equal(options.optimiser, HR_OPTIMISER_SGD);
    assert_non_null(resolved(&options, graph).model.table->solve);
    assert_int_equal(resolved(&options, graph).run.epoch_steps, 1);
    options.optimiser = HR_OPTIMISER_ADAM;
    assert_null(resolved(&options, graph).model.table->solve);
    assert_int_equal(resolved(&options, graph).run.epoch_steps, 100);
    options.optimiser = HR_OPTIMISER_SGD;
    options.loss = HR_LOSS_BPR;
    assert_null(resolved(&options, graph).model.table->solve);
}

/* So that a mistake in a model's line of defaults is found here and not by who asks for the model. */
static void every_model_resolves_by_each_of_its_losses(void **state)
{
    (void)state;
    hr_error err = {""};
    for (int i = 0; hr_models[i]; i++)
        for (int l = 0; l < HR_MAX_LOSSES && (l == 0 || hr_models[i]->losses[l] != HR_LOSS_OWN); l++) {
            hr_train_options options = {.loss = (int)hr_models[i]->losses[l]};
            strcpy(options.model, hr_models[i]->name);
            assert_ok(hr_recipe_apply(&options, &err));
            const hr_train_config config = resolved(&options, (hr_graph_size){100, 50, 1000});
            assert_string_equal(config.model.table->name, hr_models[i]->name);
            assert_int_equal(config.loss.kind, hr_models[i]->losses[l]);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_batch_is_a_share_of_the_edges_or_of_the_vertices),
        cmocka_unit_test(candidates_grow_with_the_catalogue_and_fall_with_its_ratings),
        cmocka_unit_test(evaluations_rank_for_what_training_affords),
        cmocka_unit_test(a_loss_is_the_model_s_unless_one_is_named),
        cmocka_unit_test(ials_weighs_unobserved_pairs_by_the_density),
        cmocka_unit_test(ease_of_before_stays_as_it_was_solved),
        cmocka_unit_test(mf_regularises_short_lists_more),
        cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(the_reference_is_as_published),
        cmocka_unit_test(sgd_of_ratings_is_by_edges),
        cmocka_unit_test(a_model_s_defaults_depend_on_the_loss),
        cmocka_unit_test(every_model_resolves_by_each_of_its_losses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
