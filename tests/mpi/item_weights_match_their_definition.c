/* ranks: 1 2 3 4, sanitized: 2
 * Item-item weights are those of the formulas, worked out by plain loops; whole, and cut to the largest of each row. Scores are
 * sums of rows, and what is kept is read again. A matrix that has no factor is refused on all ranks. */
#include "tests/support/toy.h"
#include "tests/support/toy_run.h"
#include "trainer/config/recipe.h"
#include "trainer/item_items/inverse.h"
#include "trainer/item_items/item_scores.h"
#include "trainer/models/item_model.h"

#include <math.h>
#include <string.h>

enum { USERS = 60, MOVIES = 150, CUT = 7 };

/* Train ratings, as 0 and 1. */
static double rated[USERS][MOVIES];
static hr_dataset data;

/* A matrix of doubles, movies x movies. */
typedef double matrix[MOVIES][MOVIES];

static double count(int64_t m)
{
    double sum = 0.0;
    for (int64_t u = 0; u < USERS; u++)
        sum += rated[u][m];
    return sum;
}

static double activity(int64_t u)
{
    double sum = 0.0;
    for (int64_t m = 0; m < MOVIES; m++)
        sum += rated[u][m];
    return sum;
}

/* The inverse of a symmetric positive definite matrix, in place (Gauss and Jordan). */
static void invert(matrix a)
{
    for (int64_t p = 0; p < MOVIES; p++) {
        const double pivot = a[p][p];
        a[p][p] = 1.0;
        for (int64_t j = 0; j < MOVIES; j++)
            a[p][j] /= pivot;
        for (int64_t i = 0; i < MOVIES; i++) {
            const double factor = a[i][p];
            if (i == p)
                continue;
            a[i][p] = 0.0;
            for (int64_t j = 0; j < MOVIES; j++)
                a[i][j] -= factor * a[p][j];
        }
    }
}

/* C of users' weights activity^-power. */
static void co_ratings(matrix c, double power)
{
    memset(c, 0, sizeof(matrix));
    for (int64_t u = 0; u < USERS; u++)
        for (int64_t i = 0; i < MOVIES; i++)
            for (int64_t j = 0; j < MOVIES; j++)
                if (rated[u][i] * rated[u][j] > 0.0)
                    c[i][j] += pow(activity(u), -power);
}

/* The mean over ratings of their users' activity^-power. */
static double mean_weight(double power)
{
    double sum = 0.0, ratings = 0.0;
    for (int64_t u = 0; u < USERS; u++) {
        ratings += activity(u);
        sum += activity(u) > 0.0 ? pow(activity(u), 1.0 - power) : 0.0;
    }
    return sum / ratings;
}

static double ridge_of_data(void)
{
    double sum = 0.0;
    for (int64_t u = 0; u < USERS; u++)
        sum += activity(u) * activity(u);
    return 6.0 * sqrt(sum / MOVIES);
}

static void define_ease(const hr_train_options *o, matrix w)
{
    static matrix p;
    double ridge[MOVIES];
    const double given = o->ridge > 0.0 ? o->ridge : ridge_of_data();
    co_ratings(p, 2.0 * o->user_power);
    for (int64_t m = 0; m < MOVIES; m++) {
        ridge[m] = given * mean_weight(2.0 * o->user_power) + o->dropout / (1.0 - o->dropout) * p[m][m];
        p[m][m] += ridge[m];
    }
    invert(p);
    for (int64_t j = 0; j < MOVIES; j++) {
        const double factor = fmax((1.0 - o->self_weight) / p[j][j], ridge[j]);
        for (int64_t i = 0; i < MOVIES; i++)
            w[i][j] = i == j ? 0.0 : -p[i][j] * factor;
    }
}

static void define_itemknn(const hr_train_options *o, matrix w)
{
    co_ratings(w, 0.0);
    for (int64_t i = 0; i < MOVIES; i++)
        for (int64_t j = 0; j < MOVIES; j++)
            w[i][j] = i == j || w[i][j] == 0.0 ? 0.0 : w[i][j] / (sqrt(count(i) * count(j)) + o->shrinkage);
}

static void define_rp3beta(const hr_train_options *o, matrix w)
{
    co_ratings(w, o->alpha);
    for (int64_t i = 0; i < MOVIES; i++)
        for (int64_t j = 0; j < MOVIES; j++)
            w[i][j] =
                i == j || w[i][j] == 0.0 ? 0.0 : w[i][j] * pow(count(i), -o->alpha) * pow(count(j), -o->beta);
}

static const struct {
    const char *name;
    void (*define)(const hr_train_options *, matrix);
    double ridge, user_power, dropout, self_weight;
} models[] = {{"ease", define_ease, 20.0, 0.0, 0.0, 0.0},
              {"ease", define_ease, 0.0, 0.25, 0.6, 0.2},
              {"ease", define_ease, 20.0, 0.5, 0.0, 1.0},
              {"itemknn", define_itemknn, 0.0, 0.0, 0.0, 0.0},
              {"rp3beta", define_rp3beta, 0.0, 0.0, 0.0, 0.0}};

/* Whether row i of w may keep entry j: fewer than CUT are clearly larger. */
static bool may_stay(matrix w, int64_t i, int64_t j, double slack)
{
    int larger = 0;
    for (int64_t m = 0; m < MOVIES; m++)
        larger += fabs(w[i][m]) > fabs(w[i][j]) + slack;
    return larger < CUT;
}

static void check_weights(const char *name, const hr_item_weights *found, matrix w, int64_t keep)
{
    static float row[MOVIES], column[MOVIES];
    for (int64_t i = 0; i < MOVIES; i++) {
        int64_t entries = 0;
        hr_item_weights_row(found, i, row);
        for (int64_t j = 0; j < MOVIES; j++) {
            const bool kept = row[j] != 0.0F;
            const double error = fabs((double)row[j] - w[i][j]);
            entries += kept;
            if ((kept || keep == 0) && error > 1e-5)
                fail_msg("%s: weight %d, %d is %g, expected %g", name, (int)i, (int)j, (double)row[j],
                         w[i][j]);
            if (kept && keep > 0)
                assert_true(may_stay(w, i, j, 1e-5));
        }
        assert_true(keep == 0 || entries <= keep);
        hr_item_weights_column(found, i, column);
        hr_item_weights_row(found, 3, row);
        assert_true(column[3] == row[i]);
    }
}

static void check_scores(const hr_item_weights *w)
{
    static float score[3 * MOVIES], row[MOVIES];
    const int64_t user[3] = {5, 0, 59};
    hr_item_scores(w, &data.ratings, user, 3, score);
    for (int i = 0; i < 3; i++) {
        double expected[MOVIES] = {0};
        for (int64_t j = 0; j < MOVIES; j++) {
            hr_item_weights_row(w, j, row);
            for (int64_t m = 0; m < MOVIES; m++)
                expected[m] += rated[user[i]][j] * (double)row[m];
        }
        for (int64_t m = 0; m < MOVIES; m++)
            assert_true(fabs((double)score[i * MOVIES + m] - expected[m]) < 1e-5);
    }
}

static void check_model(size_t number, int64_t keep)
{
    static matrix expected;
    static float rows[USERS + MOVIES];
    hr_error err = {""};
    hr_graph_context graph;
    hr_train_options options = hr_train_defaults;
    void *state = NULL, *scores = NULL;
    double loss = 0.0;
    strcpy(options.model, models[number].name);
    assert_ok(hr_recipe_apply(&options, &err));
    options.neighbours = keep;
    options.ridge = models[number].ridge;
    options.user_power = models[number].user_power;
    options.dropout = models[number].dropout;
    options.self_weight = models[number].self_weight;
    toy_open(&graph, &world, "k.h5", options.dim);
    const hr_train_config config = toy_config(&options, &graph);
    const hr_model *model = config.model.table;
    assert_ok(model->create(&state, &graph, &config.model, &err));
    assert_ok(model->solve(state, 0.0, rows, &loss, &err));
    assert_ok(model->by_ratings->of_state(&scores, state, NULL, &err));
    models[number].define(&options, expected);
    check_weights(model->name, hr_item_model_weights(scores), expected, keep);
    check_scores(hr_item_model_weights(scores));
    model->by_ratings->destroy(scores);
    model->destroy(state);
    hr_graph_context_free(&graph);
}

static void models_are_as_defined(void **state)
{
    (void)state;
    const hr_ratings *r = &data.ratings;
    toy_write(&world, "d.h5", USERS, MOVIES, 0.2, 0);
    toy_cut(&world, "d.h5", "k.h5", HR_CUT_RANDOM, world.size);
    data = toy_dataset(USERS, MOVIES, 0.2, 0, 12);
    for (int64_t u = 0; u < USERS; u++)
        for (int64_t i = r->ptr[u]; i < r->ptr[u + 1]; i++)
            rated[u][r->movie[i]] = r->split[i] == HR_TRAIN;
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        check_model(i, 0);
        check_model(i, CUT);
    }
    hr_dataset_free(&data);
}

static void a_matrix_without_a_factor_is_refused(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_inverse inverse = {0};
    assert_ok(hr_inverse_create(&inverse, &world, MOVIES, &err));
    for (int64_t k = 0; k < inverse.columns; k++) {
        const int64_t number = hr_inverse_column(&inverse, world.rank, k);
        inverse.values[k * MOVIES + number] = number == 100 ? -1.0F : 1.0F;
    }
    assert_int_equal(hr_inverse_compute(&inverse, &err), HR_USAGE);
    assert_non_null(strstr(err.text, "--ridge"));
    hr_inverse_free(&inverse);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(models_are_as_defined),
                                       cmocka_unit_test(a_matrix_without_a_factor_is_refused)};
    return run_mpi_tests(argc, argv, tests);
}
