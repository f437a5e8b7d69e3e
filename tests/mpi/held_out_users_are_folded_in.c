/* ranks: 1 2 3, sanitized: 2 */
/* Users whom training does not see: als and ials give them the row that minimises the published loss of their known
 * ratings, the movies' rows being as they are; known ratings have no influence on training, and are no candidates; all
 * models give them rows, the same on any number of ranks. */
#include "io/split/split.h"
#include "tests/support/toy.h"
#include "tests/support/toy_run.h"
#include "trainer/config/graph_size.h"
#include "trainer/config/recipe.h"
#include "trainer/evaluation/evaluate.h"
#include "trainer/fold_in/held_out_users.h"
#include "trainer/fold_in/method.h"
#include "trainer/models/model.h"
#include "trainer/scoring/load_scorer.h"

#include <math.h>

enum { USERS = 60, MOVIES = 40, DIM = 16 };

/* Writes toy data with held-out users; where `other`, all their known ratings have other values. */
static void write_data(const char *name, bool other)
{
    hr_error err = {""};
    const hr_comm alone = hr_comm_alone();
    if (world.rank == 0) {
        hr_split_rule rule;
        hr_dataset data = toy_dataset(USERS, MOVIES, 0.4, 0, 12);
        assert_ok(hr_split_parse("users:8,10,0.7", &rule, &err));
        assert_ok(hr_split_dataset(&alone, &data, &rule, 3, &err));
        for (int64_t i = 0; i < data.ratings.count; i++)
            if (other && data.ratings.split[i] == HR_KNOWN)
                data.ratings.value[i] = 5.5F - data.ratings.value[i];
        assert_ok(hr_dataset_write(&data, shared_path(name), &err));
        hr_dataset_free(&data);
    }
    MPI_Barrier(world.mpi);
}

static void train(const char *data, const char *checkpoint, const char *model, bool no_biases)
{
    hr_error err = {""};
    hr_train_options options = hr_train_defaults;
    strcpy(options.model, model);
    assert_ok(hr_recipe_apply(&options, &err));
    options.epochs = 3;
    options.eval_every = options.epochs; /* known ratings choose the epoch, and nothing else */
    options.patience = 0;
    options.no_biases = no_biases;
    if (options.dim > 1)
        options.dim = DIM;
    strcpy(options.checkpoint, shared_path(checkpoint));
    toy_train(&world, data, &options);
}

static double dot(const float *x, const float *y)
{
    double sum = 0.0;
    for (int c = 0; c < DIM; c++)
        sum += (double)x[c] * (double)y[c];
    return sum;
}

/* The gradient of ials's loss by one user's row, and of als's; see als.h. */
static void gradient_of(const hr_loaded *l, int64_t user, double mean, const float *x, double gradient[DIM])
{
    const hr_ratings *r = &l->ratings;
    const bool implicit = strcmp(l->model.table->name, "ials") == 0;
    double known = 0.0;
    memset(gradient, 0, DIM * sizeof *gradient);
    for (int64_t m = 0; implicit && m < MOVIES; m++) {
        const float *y = l->scorer.movie_row + m * DIM;
        for (int c = 0; c < DIM; c++)
            gradient[c] += l->model.unobserved * dot(x, y) * (double)y[c];
    }
    for (int64_t i = r->ptr[user]; i < r->ptr[user + 1]; i++) {
        if (r->split[i] != HR_KNOWN)
            continue;
        const float *y = l->scorer.movie_row + r->movie[i] * DIM;
        const double error = dot(x, y) - (implicit ? 1.0 : (double)r->value[i]);
        known += 1.0;
        for (int c = 0; c < DIM; c++)
            gradient[c] += error * (double)y[c];
    }
    const double pairs = implicit ? known + l->model.unobserved * MOVIES : known;
    const double weight = l->model.decay * pairs + l->model.ridge;
    for (int c = 0; c < DIM; c++)
        gradient[c] += weight * ((double)x[c] - (l->model.has_biases && !implicit && c == 1 ? mean : 0.0));
    if (l->model.has_biases && !implicit)
        gradient[0] = 0.0; /* a constant */
}

static double mean_of_train(const hr_ratings *r)
{
    double sum = 0.0, count = 0.0;
    for (int64_t i = 0; i < r->count; i++)
        if (r->split[i] == HR_TRAIN) {
            sum += (double)r->value[i];
            count += 1.0;
        }
    return sum / count;
}

static void check_rows(const char *checkpoint, int folded)
{
    hr_error err = {""};
    const hr_comm alone = hr_comm_alone();
    hr_loaded l = {0};
    int found = 0;
    assert_ok(hr_load_scorer(&l, &alone, shared_path(checkpoint), shared_path("users.h5"), &err));
    const double mean = l.ratings.value ? mean_of_train(&l.ratings) : 0.0;
    for (int64_t user = 0; user < USERS; user++) {
        double gradient[DIM];
        const uint8_t split = l.ratings.split[l.ratings.ptr[user]];
        if (split == HR_TRAIN)
            continue;
        gradient_of(&l, user, mean, l.scorer.user_row[0] + user * DIM, gradient);
        for (int c = 0; c < DIM; c++)
            assert_true(fabs(gradient[c]) < 1e-3);
        found++;
    }
    assert_int_equal(found, folded);
    hr_loaded_free(&l);
}

static void rows_minimise_the_loss(void **state)
{
    (void)state;
    train("users.h5", "ials.ckpt.h5", "ials", false);
    check_rows("ials.ckpt.h5", 18);
    train("users.h5", "als.ckpt.h5", "als", false);
    check_rows("als.ckpt.h5", 18);
    train("users.h5", "plain.ckpt.h5", "als", true);
    check_rows("plain.ckpt.h5", 18);
}

/* Movies' rows are the same bit for bit whatever is known. */
static void known_ratings_are_not_trained_on(void **state)
{
    (void)state;
    hr_error err = {""};
    const hr_comm alone = hr_comm_alone();
    hr_loaded a = {0}, b = {0};
    train("users.h5", "a.ckpt.h5", "als", false);
    train("other.h5", "b.ckpt.h5", "als", false);
    assert_ok(hr_load_scorer(&a, &alone, shared_path("a.ckpt.h5"), shared_path("users.h5"), &err));
    assert_ok(hr_load_scorer(&b, &alone, shared_path("b.ckpt.h5"), shared_path("other.h5"), &err));
    assert_memory_equal(a.scorer.movie_row, b.scorer.movie_row, sizeof(float[MOVIES * DIM]));
    int differ = 0;
    for (int64_t user = 0; user < USERS; user++) {
        const bool same =
            memcmp(a.scorer.user_row[0] + user * DIM, b.scorer.user_row[0] + user * DIM, sizeof(float[DIM])) == 0;
        assert_int_equal(same, a.ratings.split[a.ratings.ptr[user]] == HR_TRAIN);
        differ += !same;
    }
    assert_int_equal(differ, 18);
    hr_loaded_free(&a);
    hr_loaded_free(&b);
}

/* Ten users are judged, and a list of all candidates has all that is held out and nothing that is known. */
static void known_movies_are_no_candidates(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_loaded l = {0};
    hr_metrics metrics;
    const hr_cutoffs all = {.count = 1, .k = {MOVIES}};
    const hr_evaluation asked = {.split = HR_TEST, .cutoffs = &all};
    train("users.h5", "ials.ckpt.h5", "ials", false);
    assert_ok(hr_load_scorer(&l, &world, shared_path("ials.ckpt.h5"), shared_path("users.h5"), &err));
    assert_ok(hr_evaluate(&world, &l.scorer, &asked, &metrics, &err));
    assert_true(metrics.users == 10.0);
    assert_true(fabs(metrics.at[0].recall - 1.0) < 1e-12);
    double listed = 0.0, held = 0.0; /* precision at MOVIES: held-out movies by candidates */
    for (int64_t user = 0; user < l.ratings.users; user++) {
        int64_t tested = 0, known = 0;
        for (int64_t i = l.ratings.ptr[user]; i < l.ratings.ptr[user + 1]; i++) {
            tested += l.ratings.split[i] == HR_TEST;
            known += l.ratings.split[i] == HR_KNOWN;
        }
        held += (double)tested;
        listed += tested > 0 ? (double)(MOVIES - known) : 0.0;
    }
    assert_ok(hr_sum_f64(&world, &held, 1, &err));
    assert_ok(hr_sum_f64(&world, &listed, 1, &err));
    assert_true(held > 10.0 && listed < 10.0 * MOVIES);
    hr_loaded_free(&l);
}

/* Ranks have the rows that one process has. */
static void all_models_have_rows(void **state)
{
    (void)state;
    hr_error err = {""};
    const hr_comm alone = hr_comm_alone();
    static const char *const models[] = {"mf", "lightgcn", "sage", "gatv2", "ncf"};
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        hr_loaded whole = {0}, mine = {0};
        train("users.h5", "run.ckpt.h5", models[i], false);
        assert_ok(hr_load_scorer(&whole, &alone, shared_path("run.ckpt.h5"), shared_path("users.h5"), &err));
        assert_ok(hr_load_scorer(&mine, &world, shared_path("run.ckpt.h5"), shared_path("users.h5"), &err));
        for (int64_t user = 0; user < mine.ratings.users; user++) {
            const float *row = mine.scorer.user_row[0] + user * DIM;
            assert_memory_equal(row, whole.scorer.user_row[0] + (mine.ratings.first_user + user) * DIM,
                                sizeof(float[DIM]));
            assert_true(dot(row, row) > 1e-6);
        }
        hr_loaded_free(&mine);
        hr_loaded_free(&whole);
    }
}

static void every_loss_of_a_model_has_a_method(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_graph_size size;
    assert_ok(hr_train_graph_size(&world, shared_path("users.h5"), 0.0, &size, &err));
    for (int m = 0; hr_models[m]; m++)
        for (int l = 0; l == 0 || (l < HR_MAX_LOSSES && hr_models[m]->losses[l] != HR_LOSS_OWN); l++) {
            hr_train_options options = hr_train_defaults;
            hr_train_config config;
            strcpy(options.model, hr_models[m]->name);
            options.loss = (int)hr_models[m]->losses[l];
            assert_ok(hr_recipe_apply(&options, &err));
            assert_ok(hr_train_config_resolve(&options, size, &config, &err));
            if (!hr_fold_in_method_of(&config.model))
                fail_msg("%s, loss %d: no rows of users that training does not see", options.model,
                         options.loss);
        }
}

int main(int argc, char **argv)
{
    start_mpi(&argc, &argv);
    write_data("users.h5", false);
    write_data("other.h5", true);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_minimise_the_loss), cmocka_unit_test(known_ratings_are_not_trained_on),
        cmocka_unit_test(known_movies_are_no_candidates), cmocka_unit_test(all_models_have_rows),
        cmocka_unit_test(every_loss_of_a_model_has_a_method)};
    return finish_mpi(cmocka_run_group_tests(tests, NULL, NULL));
}
