/* Gradients of a score by the user's row are those of finite differences; shares of integrated gradients add up to the score;
 * a row is the sum of what carries it. */
#include "tests/support/cmocka_tests.h"
#include "trainer/carriers/combined_carriers.h"
#include "trainer/carriers/integrated_gradients.h"
#include "trainer/carriers/solved_carriers.h"
#include "trainer/carriers/symmetric_system.h"
#include "trainer/loss/mlp_offsets.h"
#include "trainer/models/model.h"

#include <math.h>
#include <string.h>

enum { DIM = 6, MOVIES = 5, COUNT = 3, MOST_WEIGHTS = 512 };

/* Numbers in [-1, 1] that a test makes up. */
static double made(int64_t i)
{
    return sin(12.9898 * (double)(i + 1)) * cos(4.1 * (double)i);
}

typedef struct sample {
    hr_model_config config;
    hr_mlp_shape mlp;
    float weights[MOST_WEIGHTS], movie_row[MOVIES * DIM], row[DIM], value[COUNT];
    int32_t movie[COUNT];
    uint8_t counts[COUNT];
    hr_fold_in fold_in;
    hr_explained_model model;
    hr_subject subject;
} sample;

/* A user of three movies; a model by its name, with an MLP of two layers or none. */
static void make(sample *s, const char *model, bool mlp)
{
    hr_error err;
    *s = (sample){.config = {.dim = DIM, .decay = 0.3, .ridge = 0.2, .unobserved = 0.1, .has_mlp = mlp},
                  .mlp = {.columns = DIM, .product = DIM},
                  .movie = {0, 2, 3},
                  .value = {4.0F, 1.0F, 3.5F},
                  .counts = {1, 1, 1}};
    assert_ok(hr_model_find(model, &s->config.table, &err));
    if (mlp)
        s->mlp = (hr_mlp_shape){
            .columns = DIM, .product = DIM / 2, .first = DIM / 2, .layers = 2, .width = {7, 4}};
    for (int64_t i = 0; i < hr_mlp_weights(&s->mlp); i++)
        s->weights[i] = (float)made(i + 7);
    for (int i = 0; i < MOVIES * DIM; i++)
        s->movie_row[i] = (float)made(3 * i + 1);
    for (int c = 0; c < DIM; c++)
        s->row[c] = (float)made(5 * c + 2);
    s->model = (hr_explained_model){.config = &s->config,
                                    .mlp = &s->mlp,
                                    .weights = s->weights,
                                    .movies = MOVIES,
                                    .movie_row = s->movie_row,
                                    .fold_in = &s->fold_in};
    s->subject = (hr_subject){.row = s->row,
                              .count = COUNT,
                              .counted = COUNT,
                              .movie = s->movie,
                              .value = s->value,
                              .counts = s->counts};
}

static void assert_gradient(const hr_explained_model *model, bool normalised)
{
    hr_error err;
    hr_row_score score = {0};
    double row[DIM], gradient[DIM], scratch[DIM];
    for (int c = 0; c < DIM; c++)
        row[c] = made(c + 40);
    assert_ok(hr_row_score_create(&score, model, normalised, &err));
    hr_row_score_of_movie(&score, 4);
    hr_row_score_run(&score, row, gradient);
    for (int c = 0; c < DIM; c++) {
        const double step = 1e-6, at = row[c];
        row[c] = at + step;
        const double above = hr_row_score_run(&score, row, scratch);
        row[c] = at - step;
        const double below = hr_row_score_run(&score, row, scratch);
        row[c] = at;
        assert_true(fabs((above - below) / (2.0 * step) - gradient[c]) < 1e-6);
    }
    hr_row_score_free(&score);
}

static void gradients_are_finite_differences(void **state)
{
    (void)state;
    sample s;
    make(&s, "ials", false);
    assert_gradient(&s.model, false);
    assert_gradient(&s.model, true);
    make(&s, "ncf", true);
    assert_gradient(&s.model, false);
    assert_gradient(&s.model, true);
    s.mlp.bounded = true;
    const hr_mlp_offsets at = hr_mlp_offsets_of(&s.mlp);
    s.weights[at.bounds] = 1.0F;
    s.weights[at.bounds + 1] = 5.0F;
    assert_gradient(&s.model, false);
}

/* Scores are those of training. */
static void scores_are_those_of_the_mlp(void **state)
{
    (void)state;
    sample s;
    hr_error err;
    hr_row_score score = {0};
    hr_mlp mlp = {0};
    float user_half[7], movie_half[7];
    double row[DIM], gradient[DIM];
    make(&s, "ncf", true);
    for (int c = 0; c < DIM; c++)
        row[c] = (double)s.row[c];
    assert_ok(hr_mlp_create(&mlp, &s.mlp, 1, 0, &err));
    hr_mlp_halves(&s.mlp, s.weights, false, 1, s.row, user_half);
    hr_mlp_halves(&s.mlp, s.weights, true, 1, s.movie_row + 3 * DIM, movie_half);
    const hr_mlp_pair pair = {s.row, s.movie_row + 3 * DIM, user_half, movie_half, 0};
    hr_mlp_forward(&mlp, s.weights, &pair, 1, HR_AT_REST);
    assert_ok(hr_row_score_create(&score, &s.model, false, &err));
    hr_row_score_of_movie(&score, 3);
    assert_true(fabs(hr_row_score_run(&score, row, gradient) - (double)mlp.score[0]) < 1e-5);
    hr_row_score_free(&score);
    hr_mlp_free(&mlp);
}

/* The row is own + messages; shares and the baseline add up to the score. */
static void assert_complete(const sample *s, const hr_carriers *carriers, const float *expected)
{
    hr_error err;
    hr_row_score score = {0};
    double sum[DIM], share[COUNT], gradient[DIM], baseline = 0.0;
    hr_carriers_sum(carriers, sum);
    for (int c = 0; c < DIM && expected; c++)
        assert_true(fabs(sum[c] - (double)expected[c]) < 1e-6);
    assert_ok(hr_row_score_create(&score, &s->model, carriers->normalised, &err));
    for (int movie = 0; movie < MOVIES; movie++) {
        assert_ok(hr_integrated_gradients(&score, carriers, movie, share, &baseline, &err));
        const double whole = hr_row_score_run(&score, sum, gradient);
        assert_true(fabs(baseline + share[0] + share[1] + share[2] - whole) < 1e-6);
    }
    hr_row_score_free(&score);
}

static void combinations_add_up(void **state)
{
    (void)state;
    static const char *const names[] = {"mf", "ncf"};
    for (int i = 0; i < 2; i++) {
        sample s;
        hr_error err;
        hr_carriers carriers = {0};
        float row[DIM];
        make(&s, names[i], i == 1);
        memcpy(row, s.row, sizeof row);
        if (i == 0)
            row[0] = row[1] = 0.0F; /* biases */
        assert_ok(hr_carriers_create(&carriers, COUNT, DIM, &err));
        assert_ok(hr_combined_carriers(&carriers, &s.model, &s.subject, &err));
        assert_complete(&s, &carriers, row);
        carriers.normalised = true;
        assert_complete(&s, &carriers, NULL);
        hr_carriers_free(&carriers);
    }
}

/* Each message satisfies its equations, A x = y_i, by plain loops. */
static void solved_messages_satisfy_their_equations(void **state)
{
    (void)state;
    sample s;
    hr_error err;
    hr_carriers carriers = {0};
    double gram[DIM * DIM] = {0}, matrix[DIM * DIM];
    make(&s, "ials", false);
    for (int m = 0; m < MOVIES; m++)
        for (int i = 0; i < DIM * DIM; i++)
            gram[i] += (double)s.movie_row[m * DIM + i / DIM] * (double)s.movie_row[m * DIM + i % DIM];
    s.fold_in.gram = gram;
    for (int i = 0; i < DIM * DIM; i++) {
        matrix[i] = 0.1 * gram[i] + (i / DIM == i % DIM ? 0.3 * (COUNT + 0.1 * MOVIES) + 0.2 : 0.0);
        for (int k = 0; k < COUNT; k++)
            matrix[i] += (double)s.movie_row[s.movie[k] * DIM + i / DIM] *
                         (double)s.movie_row[s.movie[k] * DIM + i % DIM];
    }
    assert_ok(hr_carriers_create(&carriers, COUNT, DIM, &err));
    assert_ok(hr_solved_carriers(&carriers, &s.model, &s.subject, &err));
    assert_complete(&s, &carriers, s.row);
    for (int i = 0; i < COUNT * DIM; i++) {
        double left = 0.0;
        for (int c = 0; c < DIM; c++)
            left += matrix[i % DIM * DIM + c] * carriers.message[i / DIM * DIM + c];
        assert_true(fabs(left - (double)s.movie_row[s.movie[i / DIM] * DIM + i % DIM]) < 1e-9);
    }
    hr_carriers_free(&carriers);
}

static void what_is_not_definite_is_said(void **state)
{
    (void)state;
    hr_error err = {""};
    double matrix[4] = {0.0}, column[2] = {1.0, 1.0};
    assert_fails(hr_system_solve(matrix, 2, column, 1, &err), HR_INPUT, "not independent enough");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gradients_are_finite_differences), cmocka_unit_test(scores_are_those_of_the_mlp),
        cmocka_unit_test(combinations_add_up), cmocka_unit_test(solved_messages_satisfy_their_equations),
        cmocka_unit_test(what_is_not_definite_is_said)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
