/* The hand-written backward pass against differences of the loss, along random directions and along the
 * gradient. */
#include "io/base/philox.h"
#include "tests/support/toy_run.h"
#include "trainer/run/step.h"

#include <math.h>

enum { DIM = 6, DIRECTIONS = 6 };

/* Loss with the parameters moved by `step` along `direction`. */
static double loss_at(hr_stepper *stepper, hr_state *state, const float *origin, const float *direction,
                      double step)
{
    hr_error err;
    double loss = 0.0;
    for (int64_t i = 0; i < state->rows * state->dim; i++)
        state->parameter[i] = origin[i] + (float)step * direction[i];
    assert_ok(hr_stepper_gradient(stepper, state, &loss, &err));
    return loss;
}

/* Direction 0 is the gradient scaled to unit length, 1 users only, 2 movies only, the rest all rows. */
static void draw_direction(const hr_graph_context *graph, int number, const float *gradient, float *direction)
{
    const hr_shard *shard = &graph->shard;
    const int64_t columns = graph->grid.columns, values = shard->owned * columns;
    const double length = sqrt(sum_of_products(gradient, gradient, values));
    for (int64_t i = 0; i < values; i++) {
        const uint64_t where = (uint64_t)(shard->vertex[i / columns] * DIM + graph->grid.first_column +
                                          i % columns); /* the same on any number of ranks */
        const double drawn = hr_uniform(hr_philox(8, HR_STREAM_SYNTH, (uint32_t)number, where).word[0]) - 0.5;
        const bool is_user = i / columns < shard->owned_users;
        const bool counts = number > 2 || (number == 1 && is_user) || (number == 2 && !is_user);
        direction[i] = number == 0 ? (float)(gradient[i] / length) : counts ? (float)drawn : 0.0F;
    }
}

/* What is checked: a model's setting, and how far to go along a direction, where there are no kinks. */
typedef struct setting {
    const char *model;
    hr_loss loss;
    int64_t layers, pool;
    double step, tolerance;
    uint32_t draw; /* of the dense weights: one without kinks near by */
    const char *mlp;
    int64_t negatives; /* 1 for BPR: a hardest of several has kinks where another becomes the hardest */
    void (*more)(hr_train_options *options);
} setting;

typedef struct subject {
    hr_graph_context graph;
    hr_train_options options;
    hr_train_config config;
    hr_stepper stepper;
    hr_state state;
} subject;

static void subject_new(subject *s, const setting *set, bool reproducible)
{
    hr_error err = {""};
    *s = (subject){.options = hr_train_defaults};
    strcpy(s->options.model, set->model);
    s->options.loss = (int)set->loss;
    toy_open_for(&s->graph, &world, "k.h5", DIM, reproducible);
    s->options.reproducible = reproducible;
    assert_ok(hr_graph_read_features(&s->graph, shared_path("d.h5"), "", &err));
    s->options.dim = DIM;
    s->options.layers = set->layers;
    s->options.batch = 200;
    s->options.pool = set->pool;
    s->options.negatives = set->negatives > 0 ? set->negatives : 1;
    strcpy(s->options.mlp, set->mlp ? set->mlp : "");
    s->options.dropout = set->mlp ? 0.3 : 0.0;
    s->options.decay = 0.05;
    s->options.heads = 2;
    strcpy(s->options.mlp, set->mlp ? set->mlp : "");
    s->options.spectral_rounds = 0;
    if (set->more)
        set->more(&s->options);
    s->config = toy_config(&s->options, &s->graph);
    assert_ok(hr_stepper_create(&s->stepper, &s->graph, &s->config, &err));
    assert_ok(hr_state_create(&s->state, &s->graph, &s->config.model, true,
                              hr_stepper_dense_counts(&s->stepper), &err));
    hr_stepper_dense_start(&s->stepper, &s->state);
    for (int64_t i = 0; i < s->state.dense_count; i++) /* so that nothing is 0 or 1 */
        s->state.dense[i] +=
            0.3F * ((float)hr_uniform(hr_philox(9, HR_STREAM_SYNTH, set->draw, (uint64_t)i).word[0]) - 0.5F);
}

static void subject_free(subject *s)
{
    hr_state_free(&s->state);
    hr_stepper_free(&s->stepper);
    hr_graph_context_free(&s->graph);
}

static void assert_near(const setting *set, int number, double found, double expected, double scale)
{
    const double size = fmax(fabs(expected), 0.05 * scale);
    if (fabs(found - expected) > set->tolerance * size)
        fail_msg("%s by loss %d, %d layers, MLP %s, direction %d: difference %.8g, gradient %.8g", set->model,
                 (int)set->loss, (int)set->layers, set->mlp ? set->mlp : "none", number, found, expected);
}

static void check_rows(subject *s, const setting *set)
{
    const int64_t size = s->state.rows * s->state.dim;
    float *origin = calloc((size_t)size + 1, sizeof *origin),
          *gradient = calloc((size_t)size + 1, sizeof *gradient);
    float *direction = calloc((size_t)size + 1, sizeof *direction);
    for (int64_t i = 0; i < size; i++)
        origin[i] = 8.0F * s->state.parameter[i]; /* far from where everything is linear */
    loss_at(&s->stepper, &s->state, origin, direction, 0.0);
    for (int64_t i = 0; i < size; i++)
        gradient[i] = s->stepper.gradient[i] + (float)s->options.decay / (float)s->options.batch *
                                                   s->stepper.uses[i / s->state.dim] * origin[i];
    for (int number = 0; number < DIRECTIONS; number++) {
        draw_direction(&s->graph, number, gradient, direction);
        const double found = (loss_at(&s->stepper, &s->state, origin, direction, set->step) -
                              loss_at(&s->stepper, &s->state, origin, direction, -set->step)) /
                             (2.0 * set->step);
        const double scale =
            sqrt(sum_of_products(gradient, gradient, size) * sum_of_products(direction, direction, size));
        assert_near(set, number, found, sum_of_products(gradient, direction, size), scale);
    }
    loss_at(&s->stepper, &s->state, origin, direction, 0.0);
    free(direction);
    free(gradient);
    free(origin);
}

/* Loss with dense weight number `at` moved by `step`. */
static double loss_beside(subject *s, int64_t at, double step)
{
    hr_error err;
    double loss = 0.0;
    const float before = s->state.dense[at];
    s->state.dense[at] = before + (float)step;
    assert_ok(hr_stepper_gradient(&s->stepper, &s->state, &loss, &err));
    s->state.dense[at] = before;
    return loss;
}

/* Every seventh dense weight by itself, but for the MLP's last two, the range of ratings, which stays. */
static void check_dense(subject *s, const setting *set)
{
    const int64_t count = s->state.dense_count - (set->mlp ? 2 : 0);
    float *gradient = calloc((size_t)count + 1, sizeof *gradient);
    double largest = 0.0;
    if (count > 0)
        loss_beside(s, 0, 0.0);
    memcpy(gradient, s->stepper.dense_sums.floats, (size_t)count * sizeof *gradient);
    for (int64_t i = 0; i < count; i++)
        largest = fmax(largest, fabs((double)gradient[i]));
    for (int64_t i = 0; i < count; i += 7) {
        const double found =
            (loss_beside(s, i, set->step) - loss_beside(s, i, -set->step)) / (2.0 * set->step);
        assert_near(set, (int)i, found, (double)gradient[i], largest);
    }
    free(gradient);
}

static void check_sums(const setting *set, bool reproducible)
{
    subject s;
    subject_new(&s, set, reproducible);
    check_rows(&s, set);
    check_dense(&s, set);
    subject_free(&s);
}

/* By plain sums and, where no columns are shared out, by reproducible ones. */
static void check_model(int32_t parts, setting set)
{
    check_sums(&set, false);
    if (parts == world.size)
        check_sums(&set, true);
}

static void dense_weights_stay_the_same_everywhere(void **state)
{
    (void)state;
    hr_error err = {""};
    subject s;
    toy_write(&world, "d.h5", 40, 30, 0.3, 0);
    toy_cut(&world, "d.h5", "k.h5", HR_CUT_RANDOM, world.size);
    subject_new(&s, &(setting){.model = "sage", .loss = HR_LOSS_MSE, .layers = 2, .pool = 64}, false);
    const size_t bytes = (size_t)s.state.dense_count * sizeof(float);
    float *first = malloc(bytes);
    assert_true(bytes > 0);
    for (int step = 0; step < 5; step++) {
        assert_ok(hr_stepper_step(&s.stepper, &s.state, &err));
        memcpy(first, s.state.dense, bytes);
        assert_ok(hr_broadcast(&world, first, (int64_t)bytes, 0, &err));
        assert_memory_equal(first, s.state.dense, bytes);
    }
    free(first);
    subject_free(&s);
}

static void all_of_sage(hr_train_options *options)
{
    options->aggregate = HR_AGGREGATE_SUM;
    options->batch_norm = options->row_norm = true;
    options->dropout = 0.3;
    options->message_dropout = 0.2;
}

static void every_model(void **state)
{
    (void)state;
    toy_write(&world, "d.h5", 14, 11, 0.4, 0);
    for (int32_t parts = 1; parts <= world.size; parts++) {
        if (world.size % parts != 0)
            continue;
        toy_cut(&world, "d.h5", "k.h5", HR_CUT_RANDOM, parts); /* as many ghosts as can be */
        for (int64_t layers = 0; layers <= 3; layers++)
            check_model(parts, (setting){"lightgcn", HR_LOSS_BPR, layers, 64, 0.02, 1e-3, 0, NULL, 1, NULL});
        check_model(parts, (setting){"lightgcn", HR_LOSS_BPR, 2, 0, 0.02, 1e-3, 0, NULL, 1,
                                     NULL}); /* negatives of their own */
        check_model(parts, (setting){"mf", HR_LOSS_BPR, 0, 64, 0.02, 1e-3, 0, NULL, 1, NULL});
        check_model(parts, (setting){"mf", HR_LOSS_MSE, 0, 64, 0.02, 1e-3, 0, NULL, 1, NULL});
        check_model(parts, (setting){"lightgcn", HR_LOSS_SOFTMAX, 2, 64, 0.02, 1e-3, 0, NULL, 9, NULL});
        check_model(parts, (setting){"lightgcn", HR_LOSS_BCE, 2, 64, 0.02, 1e-3, 0, NULL, 20, NULL});
    }
    toy_cut(&world, "d.h5", "k.h5", HR_CUT_RANDOM, world.size);
    check_model(world.size, (setting){"sage", HR_LOSS_MSE, 1, 64, 0.02, 1e-3, 0, NULL, 1, NULL});
    check_model(world.size, (setting){"sage", HR_LOSS_BPR, 1, 64, 0.02, 1e-3, 0, NULL, 1, NULL});
    check_model(world.size, (setting){"sage", HR_LOSS_MSE, 2, 64, 0.002, 1e-2, 0, NULL, 1, NULL});
    check_model(world.size, (setting){"sage", HR_LOSS_BPR, 2, 64, 0.002, 1e-2, 0, NULL, 1, NULL});
    check_model(world.size, (setting){"sage", HR_LOSS_MSE, 1, 64, 0.002, 1e-2, 0, NULL, 1, all_of_sage});
    check_model(world.size, (setting){"sage", HR_LOSS_BPR, 2, 64, 0.0005, 1e-2, 1, NULL, 1, all_of_sage});
    check_model(world.size, (setting){"gat", HR_LOSS_BPR, 1, 64, 0.002, 1e-2, 0, NULL, 1, NULL});
    check_model(world.size, (setting){"gat", HR_LOSS_MSE, 2, 64, 0.002, 1e-2, 1, NULL, 1, NULL});
    check_model(world.size, (setting){"gatv2", HR_LOSS_BPR, 1, 64, 0.002, 1e-2, 0, NULL, 1, NULL});
    check_model(world.size, (setting){"gatv2", HR_LOSS_MSE, 2, 64, 0.002, 1e-2, 2, NULL, 1, NULL});
    check_model(world.size, (setting){"ncf", HR_LOSS_BPR, 0, 64, 0.0005, 1e-2, 5, "7", 1, NULL});
    check_model(world.size, (setting){"ncf", HR_LOSS_BCE, 0, 64, 0.0005, 1e-2, 5, "7,5,3", 4, NULL});
    check_model(world.size, (setting){"ncf", HR_LOSS_SOFTMAX, 0, 0, 0.0005, 1e-2, 5, "7,5", 3, NULL});
    check_model(world.size, (setting){"ncf", HR_LOSS_MSE, 0, 64, 0.0005, 1e-2, 5, "7,5", 1, NULL});
    check_model(world.size, (setting){"sage", HR_LOSS_BPR, 1, 64, 0.0005, 1e-2, 6, "9", 1, NULL});
    check_model(world.size, (setting){"sage", HR_LOSS_MSE, 1, 64, 0.0005, 1e-2, 6, "9", 1, NULL});
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_model),
                                       cmocka_unit_test(dense_weights_stay_the_same_everywhere)};
    return run_mpi_tests(argc, argv, tests);
}
