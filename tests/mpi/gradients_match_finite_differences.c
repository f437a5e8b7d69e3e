/* The hand-written backward pass against differences of the loss, along random directions and along the
 * gradient. */
#include "io/philox.h"
#include "tests/support/toy_run.h"
#include "trainer/step.h"

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
        const double drawn = hr_unit(hr_philox(8, HR_STREAM_SYNTH, (uint32_t)number, where).word[0]) - 0.5;
        const bool is_user = i / columns < shard->owned_users;
        const bool counts = number > 2 || (number == 1 && is_user) || (number == 2 && !is_user);
        direction[i] = number == 0 ? (float)(gradient[i] / length) : counts ? (float)drawn : 0.0F;
    }
}

static void check_model(const char *model, hr_loss loss, int64_t layers, int64_t pool)
{
    hr_error err = {""};
    hr_graph_context graph;
    hr_stepper stepper = {0};
    hr_state state = {0};
    hr_train_options options = hr_train_defaults;
    strcpy(options.model, model);
    options.loss = loss;
    toy_open(&graph, &world, "k.h5", DIM);
    options.dim = DIM;
    options.layers = layers;
    options.batch = 200;
    options.pool = pool;
    options.hard_negatives = 1; /* a hardest of several has kinks where another becomes the hardest */
    options.decay = 0.05;
    assert_ok(hr_stepper_create(&stepper, &graph, &options, &err));
    assert_ok(hr_state_create(&state, &graph, &options, true, 0, &err));
    const int64_t size = state.rows * state.dim;
    float *origin = calloc((size_t)size + 1, sizeof *origin),
          *gradient = calloc((size_t)size + 1, sizeof *gradient);
    float *direction = calloc((size_t)size + 1, sizeof *direction);
    for (int64_t i = 0; i < size; i++)
        origin[i] = 8.0F * state.parameter[i]; /* far from where everything is linear */
    loss_at(&stepper, &state, origin, direction, 0.0);
    for (int64_t i = 0; i < size; i++)
        gradient[i] = stepper.gradient[i] +
                      (float)options.decay / (float)options.batch * stepper.uses[i / state.dim] * origin[i];
    for (int number = 0; number < DIRECTIONS; number++) {
        const double step = 0.02;
        draw_direction(&graph, number, gradient, direction);
        const double expected = sum_of_products(gradient, direction, size);
        const double found = (loss_at(&stepper, &state, origin, direction, step) -
                              loss_at(&stepper, &state, origin, direction, -step)) /
                             (2.0 * step);
        const double scale =
            sqrt(sum_of_products(gradient, gradient, size) * sum_of_products(direction, direction, size));
        if (fabs(found - expected) > 1e-3 * (fabs(expected) > 0.05 * scale ? fabs(expected) : 0.05 * scale))
            fail_msg("direction %d: difference %.8g, gradient %.8g", number, found, expected);
    }
    free(direction);
    free(gradient);
    free(origin);
    hr_state_free(&state);
    hr_stepper_free(&stepper);
    hr_graph_context_free(&graph);
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
            check_model("lightgcn", HR_LOSS_BPR, layers, 64);
        check_model("lightgcn", HR_LOSS_BPR, 2, 0); /* each sample with a negative of its own */
        check_model("mf", HR_LOSS_BPR, 0, 64);
        check_model("mf", HR_LOSS_MSE, 0, 64);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_model)};
    return run_mpi_tests(argc, argv, tests);
}
