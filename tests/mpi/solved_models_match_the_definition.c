/* After a sweep with steps of conjugate gradients enough, the side that was solved last is at the
 * minimum of the published loss: its gradient, worked out from every rating and every pair, is nothing. And
 * the weighted ratings are those of the formula. */
#include "io/base/sort.h"
#include "tests/support/toy.h"
#include "tests/support/toy_run.h"
#include "trainer/config/recipe.h"
#include "trainer/models/model.h"
#include "trainer/run/state.h"

#include <math.h>

enum { USERS = 40, MOVIES = 25, DIM = 6 };

/* A model's rows after some sweeps, of all vertices, on every rank. */
static void rows_after(const char *name, bool no_biases, int sweeps, hr_train_options *options,
                       float rows[USERS + MOVIES][DIM])
{
    hr_error err = {""};
    hr_graph_context graph;
    hr_state state = {0};
    void *model_state = NULL;
    double loss = 0.0;
    strcpy(options->model, name);
    assert_ok(hr_recipe_apply(options, &err));
    options->no_biases = no_biases;
    options->dim = strcmp(name, "toprated") == 0 ? 1 : DIM;
    options->cg = 3 * DIM; /* rounding takes some of the exactness of DIM steps */
    toy_open(&graph, &world, "k.h5", options->dim);
    const hr_train_config config = toy_config(options, &graph);
    options->unobserved = config.model.unobserved;
    options->decay = config.model.decay;
    const hr_model *model = config.model.table;
    assert_ok(model->create(&model_state, &graph, &config.model, &err));
    assert_ok(hr_state_create(&state, &graph, &config.model, false, (hr_dense_counts){0}, &err));
    for (int i = 0; i < sweeps; i++)
        assert_ok(model->solve(model_state, 0.0, state.parameter, &loss, &err));
    memset(rows, 0, sizeof(float[USERS + MOVIES][DIM]));
    for (int64_t v = 0; v < state.rows; v++)
        memcpy(rows[graph.shard.vertex[v]], state.parameter + v * options->dim,
               (size_t)options->dim * sizeof(float));
    assert_ok(hr_sum_f32(&world, &rows[0][0], (USERS + MOVIES) * DIM, &err));
    hr_state_free(&state);
    model->destroy(model_state);
    hr_graph_context_free(&graph);
}

static double score(const float *x, const float *y)
{
    double sum = 0.0;
    for (int c = 0; c < DIM; c++)
        sum += (double)x[c] * (double)y[c];
    return sum;
}

static double mean_of_train(const hr_ratings *r, int64_t *count)
{
    double sum = 0.0;
    *count = 0;
    for (int64_t i = 0; i < r->count; i++)
        if (r->split[i] == HR_TRAIN) {
            sum += (double)r->value[i];
            ++*count;
        }
    return sum / (double)*count;
}

/* The largest entry of the gradient by one movie's row, halved; `rating` is a pair's rating, or 0. */
static double gradient_of_movie(const hr_train_options *o, bool implicit, float rows[USERS + MOVIES][DIM],
                                double rating[USERS][MOVIES], int64_t movie)
{
    const float *y = rows[USERS + movie];
    double gradient[DIM] = {0}, degree = 0.0, largest = 0.0;
    for (int64_t u = 0; u < USERS; u++) {
        const bool rated = rating[u][movie] > 0.0;
        const double target = implicit ? 1.0 : rating[u][movie], found = score(rows[u], y);
        const double derivative = (rated ? found - target : 0.0) + (implicit ? o->unobserved * found : 0.0);
        degree += rated;
        for (int c = 0; c < DIM; c++)
            gradient[c] += derivative * (double)rows[u][c];
    }
    const double weight = implicit ? degree + o->unobserved * USERS : fmax(degree, 1.0);
    for (int c = 0; c < DIM; c++) {
        gradient[c] += (o->decay * weight + o->ridge) * (double)y[c];
        if (implicit || o->no_biases || c != 1) /* there als has a constant */
            largest = fmax(largest, fabs(gradient[c]));
    }
    return largest;
}

static void check_minimum(const char *name, bool implicit, bool no_biases)
{
    static float rows[USERS + MOVIES][DIM];
    static double rating[USERS][MOVIES];
    hr_train_options options = hr_train_defaults;
    hr_dataset data = toy_dataset(USERS, MOVIES, 0.4, 0, 12);
    const hr_ratings *r = &data.ratings;
    rows_after(name, no_biases, 3, &options, rows);
    memset(rating, 0, sizeof rating);
    for (int64_t u = 0; u < USERS; u++)
        for (int64_t i = r->ptr[u]; i < r->ptr[u + 1]; i++)
            if (r->split[i] == HR_TRAIN)
                rating[u][r->movie[i]] = (double)r->value[i];
    for (int64_t m = 0; m < MOVIES; m++) {
        const double gradient = gradient_of_movie(&options, implicit, rows, rating, m);
        if (gradient > 1e-3)
            fail_msg("%s: movie %d has a gradient of %g", name, (int)m, gradient);
        if (!implicit)
            assert_true((rows[USERS + m][1] == 1.0F) == !no_biases);
    }
    hr_dataset_free(&data);
}

static void als_is_at_its_minimum(void **state)
{
    (void)state;
    toy_write(&world, "d.h5", USERS, MOVIES, 0.4, 0);
    toy_cut(&world, "d.h5", "k.h5", HR_CUT_RANDOM, world.size);
    check_minimum("als", false, false);
    check_minimum("als", false, true);
}

static void ials_is_at_its_minimum(void **state)
{
    (void)state;
    check_minimum("ials", true, false);
}

static void top_rated_is_the_formula(void **state)
{
    (void)state;
    static float rows[USERS + MOVIES][DIM];
    hr_train_options options = hr_train_defaults;
    hr_dataset data = toy_dataset(USERS, MOVIES, 0.4, 0, 12);
    const hr_ratings *r = &data.ratings;
    int32_t votes[MOVIES] = {0}, sorted[MOVIES];
    double sum[MOVIES] = {0};
    int64_t count = 0;
    const double mean = mean_of_train(r, &count);
    for (int64_t i = 0; i < r->count; i++)
        if (r->split[i] == HR_TRAIN) {
            votes[r->movie[i]]++;
            sum[r->movie[i]] += (double)r->value[i];
        }
    memcpy(sorted, votes, sizeof sorted);
    hr_sort_i32(sorted, MOVIES);
    assert_true(sorted[0] > 0); /* so that all movies count for the percentile */
    const double busy = sorted[(int)(0.9 * (MOVIES - 1))];
    rows_after("toprated", false, 1, &options, rows);
    for (int m = 0; m < MOVIES; m++) {
        const double rating = sum[m] / votes[m], v = votes[m];
        assert_true(fabs((double)rows[USERS + m][0] - (v / (v + busy) * rating + busy / (v + busy) * mean)) <
                    1e-5);
    }
    assert_true(rows[3][0] == 1.0F);
    hr_dataset_free(&data);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(als_is_at_its_minimum),
        cmocka_unit_test(ials_is_at_its_minimum),
        cmocka_unit_test(top_rated_is_the_formula),
    };
    return run_mpi_tests(argc, argv, tests);
}
