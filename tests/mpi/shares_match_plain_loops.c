/* ranks: 1 */
/* Shares of a score are what they are said to be, by plain loops over all that a checkpoint has: of lightgcn the paths that
 * go first to a movie; of least squares what the score changes by where a rating does; and rows that layers make are the
 * sum of what carries them. */
#include "tests/support/toy_run.h"
#include "trainer/carriers/integrated_gradients.h"
#include "trainer/carriers/user_carriers.h"
#include "trainer/config/recipe.h"
#include "trainer/explain/explain.h"

#include <math.h>

enum { USERS = 40, MOVIES = 25, VERTICES = USERS + MOVIES, DIM = 8 };

/* A model that was trained, and the explanation of all movies to a user. */
typedef struct trained {
    hr_catalogue catalogue;
    hr_loaded loaded;
    hr_explainer explainer;
    hr_user_block block;
    hr_explanation why[MOVIES];
} trained;

/* layers: those of the recipe for 0. */
static void train(const char *model, int64_t layers, bool norms)
{
    hr_error err = {""};
    hr_train_options options = hr_train_defaults;
    strcpy(options.model, model);
    assert_ok(hr_recipe_apply(&options, &err));
    options.epochs = 4;
    options.patience = 0;
    options.dim = DIM;
    options.heads = 2;
    options.layers = layers > 0 ? layers : options.layers;
    options.batch_norm = options.row_norm = norms;
    strcpy(options.checkpoint, shared_path("run.ckpt.h5"));
    toy_train(&world, "data.h5", &options);
}

static void explain_all(trained *t, int64_t user)
{
    hr_error err = {""};
    int32_t movie[MOVIES];
    *t = (trained){0};
    for (int32_t m = 0; m < MOVIES; m++)
        movie[m] = m;
    assert_ok(hr_catalogue_read(&t->catalogue, &world, shared_path("data.h5"), &err));
    assert_ok(hr_load_model(&t->loaded, &world, shared_path("run.ckpt.h5"), shared_path("data.h5"), &err));
    assert_ok(hr_explainer_create(&t->explainer, &t->loaded, &t->catalogue, &err));
    assert_ok(hr_load_users(&t->block, &t->loaded, &user, 1, &err));
    assert_ok(
        hr_explain(&t->explainer, &(hr_explained_user){&t->block, 0, user, 0}, movie, MOVIES, t->why, &err));
}

static void trained_free(trained *t)
{
    for (int m = 0; m < MOVIES; m++)
        hr_explanation_free(&t->why[m]);
    hr_user_block_free(&t->block);
    hr_explainer_free(&t->explainer);
    hr_loaded_free(&t->loaded);
    hr_catalogue_free(&t->catalogue);
}

static double share_of(const hr_explanation *why, int32_t movie)
{
    for (int64_t i = 0; i < why->reasons; i++)
        if (why->reason[i].movie == movie)
            return why->reason[i].share;
    fail_msg("movie %d has no share", movie);
    return 0.0;
}

/* Parts add up to the score, and movies' shares to what they carry; nothing is left. */
static void assert_adds_up(const hr_explanation *why)
{
    double parts = 0.0, shares = 0.0;
    for (int i = 0; i < why->parts; i++)
        parts += why->part[i].value;
    for (int64_t i = 0; i < why->reasons; i++)
        shares += why->reason[i].share;
    assert_true(fabs(parts - why->score) < 1e-6);
    assert_true(fabs(shares - hr_explanation_part(why, "collaborative")) < 1e-6);
    assert_true(fabs(hr_explanation_part(why, "rounding")) < 1e-5);
}

/* S, the normalised adjacency matrix, from the file. */
static void read_matrix(const trained *t, double s[VERTICES][VERTICES])
{
    hr_error err = {""};
    hr_ratings all = {0};
    double degree[VERTICES] = {0};
    const double p = t->loaded.model.user_power;
    assert_ok(hr_dataset_read_slice(t->loaded.source.dataset, 0, USERS, t->loaded.scoring.valid, &all, &err));
    memset(s, 0, sizeof(double[VERTICES][VERTICES]));
    for (int pass = 0; pass < 2; pass++)
        for (int64_t u = 0; u < USERS; u++)
            for (int64_t i = all.ptr[u]; i < all.ptr[u + 1]; i++) {
                const int64_t m = USERS + all.movie[i];
                if (all.split[i] != HR_TRAIN)
                    continue;
                degree[u] += pass == 0;
                degree[m] += pass == 0;
                if (pass == 1)
                    s[u][m] = s[m][u] = pow(degree[u], -p) * pow(degree[m], p - 1.0);
            }
    hr_ratings_free(&all);
}

/* sum [VERTICES x DIM] = x + S x + … + S^layers x. */
static void propagate(double s[VERTICES][VERTICES], const float *x, int layers, double *sum)
{
    double row[VERTICES * DIM], next[VERTICES * DIM];
    for (int i = 0; i < VERTICES * DIM; i++)
        sum[i] = row[i] = (double)x[i];
    for (int k = 0; k < layers; k++) {
        memset(next, 0, sizeof next);
        for (int v = 0; v < VERTICES; v++)
            for (int w = 0; w < VERTICES; w++)
                for (int c = 0; c < DIM; c++)
                    next[v * DIM + c] += s[v][w] * row[w * DIM + c];
        memcpy(row, next, sizeof row);
        for (int i = 0; i < VERTICES * DIM; i++)
            sum[i] += row[i];
    }
}

static void of_propagation(void **state)
{
    (void)state;
    enum { LAYERS = 3, USER = 7 };
    static double s[VERTICES][VERTICES];
    hr_error err = {""};
    trained t;
    float x[VERTICES * DIM];
    double below[VERTICES * DIM], output[VERTICES * DIM];
    train("lightgcn", LAYERS, false);
    explain_all(&t, USER);
    const hr_checkpoint_rows rows = {t.loaded.source.summary.source, x};
    assert_ok(hr_checkpoint_read(t.loaded.source.checkpoint, &t.loaded.source.summary, &rows,
                                 &(hr_row_block){0, USERS, 0, MOVIES}, &err));
    read_matrix(&t, s);
    propagate(s, x, LAYERS - 1, below);
    propagate(s, x, LAYERS, output);
    for (int m = 0; m < MOVIES; m++) {
        const double *end = output + (USERS + m) * DIM;
        double own = 0.0;
        for (int i = 0; i < MOVIES; i++) {
            double share = 0.0;
            for (int c = 0; c < DIM; c++)
                share += s[USER][USERS + i] * below[(USERS + i) * DIM + c] * end[c] /
                         ((LAYERS + 1) * (LAYERS + 1));
            if (s[USER][USERS + i] > 0.0)
                assert_true(fabs(share_of(&t.why[m], i) - share) < 1e-6);
        }
        for (int c = 0; c < DIM; c++)
            own += (double)x[USER * DIM + c] * end[c] / ((LAYERS + 1) * (LAYERS + 1));
        assert_true(fabs(hr_explanation_part(&t.why[m], "own") - own) < 1e-6);
        assert_adds_up(&t.why[m]);
    }
    trained_free(&t);
}

/* The paths to a movie, counted one by one. */
static void paths_are_all_there_are(void **state)
{
    (void)state;
    enum { USER = 3 };
    static double s[VERTICES][VERTICES];
    trained t;
    train("lightgcn", 0, false);
    explain_all(&t, USER);
    read_matrix(&t, s);
    for (int m = 0; m < MOVIES; m++) {
        int64_t count = 0;
        double weight = 0.0, best = 0.0;
        for (int i = 0; i < MOVIES; i++)
            for (int v = 0; v < USERS; v++) {
                const double path = s[USER][USERS + i] * s[USERS + i][v] * s[v][USERS + m];
                if (i == m || v == USER || path == 0.0)
                    continue;
                count++;
                weight += path;
                best = fmax(best, path);
            }
        assert_int_equal(t.why[m].paths.count, count);
        assert_true(fabs(t.why[m].paths.weight - weight) < 1e-9);
        assert_true(fabs(t.why[m].paths.best[0].weight - best) < 1e-9);
    }
    trained_free(&t);
}

/* The factors' part of the score of a fold-in of what the user has rated, with one rating moved by `moved`. */
static double score_of(const trained *t, const hr_subject *subject, int64_t i, float moved, int32_t movie)
{
    hr_error err = {""};
    float row[DIM], value[MOVIES];
    const float *y = t->loaded.scorer.movie_row + movie * DIM;
    double score = 0.0;
    memcpy(value, subject->value, (size_t)subject->count * sizeof *value);
    memcpy(row, subject->row, sizeof row);
    value[i] += moved;
    const hr_known_ratings known = {subject->movie, value, subject->count};
    assert_ok(hr_fold_in_one(&t->explainer.of[0].fold_in, &known, row, &err));
    for (int c = hr_explained_has_biases(&t->explainer.of[0].model) ? 2 : 0; c < DIM; c++)
        score += (double)row[c] * (double)y[c];
    return score;
}

/* What a user's equations want of a movie: see carriers.h. */
static double wanted(const trained *t, const hr_subject *subject, int64_t i)
{
    const double bias = (double)t->loaded.scorer.movie_row[subject->movie[i] * DIM];
    return (double)subject->value[i] - t->explainer.of[0].model.mean_rating - bias;
}

static void of_least_squares(void **state)
{
    (void)state;
    static const char *const names[] = {"als", "mf", "ials"};
    for (int n = 0; n < 3; n++) {
        hr_error err = {""};
        trained t;
        hr_subject subject = {0};
        train(names[n], 0, false);
        explain_all(&t, 11);
        assert_ok(hr_subject_create(&subject, &t.explainer.of[0].model, &t.block, 0, &err));
        for (int32_t m = 0; m < MOVIES && t.loaded.model.predicts_ratings; m += 6)
            for (int64_t i = 0; i < subject.count; i++) {
                const double change = score_of(&t, &subject, i, 1.0F, m) - score_of(&t, &subject, i, 0.0F, m);
                assert_true(fabs(share_of(&t.why[m], subject.movie[i]) - change * wanted(&t, &subject, i)) <
                            2e-5);
            }
        for (int m = 0; m < MOVIES; m++)
            assert_adds_up(&t.why[m]);
        hr_subject_free(&subject);
        trained_free(&t);
    }
}

static void of_layers(void **state)
{
    (void)state;
    static const char *const names[] = {"sage", "sage", "gat", "gatv2"};
    for (int n = 0; n < 4; n++) {
        trained t;
        train(names[n], n == 0 ? 1 : 2, n == 1);
        explain_all(&t, 5);
        for (int m = 0; m < MOVIES; m++)
            assert_adds_up(&t.why[m]);
        trained_free(&t);
    }
}

int main(int argc, char **argv)
{
    start_mpi(&argc, &argv);
    toy_write(&world, "data.h5", USERS, MOVIES, 0.3, 1);
    const struct CMUnitTest tests[] = {cmocka_unit_test(of_propagation),
                                       cmocka_unit_test(paths_are_all_there_are),
                                       cmocka_unit_test(of_least_squares), cmocka_unit_test(of_layers)};
    return finish_mpi(cmocka_run_group_tests(tests, NULL, NULL));
}
