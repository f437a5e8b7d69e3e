/* A run stopped in the middle of an epoch and resumed ends in the same bytes as one that was never stopped;
 * on another number of ranks, in the same figures. */
#include "io/checkpoint/checkpoint.h"
#include "tests/support/toy_run.h"
#include "trainer/propagation/spectral.h"
#include "trainer/run/saver.h"
#include "trainer/run/step.h"
#include "trainer/run/train.h"

#include <math.h>

static hr_train_options options_for(const char *checkpoint, int64_t epochs)
{
    hr_train_options options = hr_train_defaults;
    options.epochs = epochs;
    options.eval_every = 2;
    options.dim = 20;
    options.batch = 512;
    strcpy(options.checkpoint, shared_path(checkpoint));
    return options;
}

static void train(const hr_comm *comm, const hr_train_options *options)
{
    toy_train(comm, "d.h5", options);
}

static void read_user_rows(const char *name, float *rows, int64_t count)
{
    hr_error err = {""};
    hr_h5 *file = NULL;
    hr_checkpoint_summary summary;
    assert_ok(hr_checkpoint_open(&file, &summary, NULL, shared_path(name), &err));
    assert_int_equal(summary.users * summary.dim, count);
    assert_ok(hr_h5_read_rows(file, "parameter/user", HR_H5_F32, 0, summary.users, 20, rows, &err));
    hr_h5_close(file);
}

static void the_same_bytes_on_the_same_ranks(void **state)
{
    (void)state;
    toy_write(&world, "d.h5", 150, 90, 0.2, 1);
    hr_train_options whole = options_for("whole.ckpt.h5", 6), broken = options_for("broken.ckpt.h5", 4);
    whole.schedule = broken.schedule = HR_SCHEDULE_CONSTANT; /* which more epochs do not stretch */
    train(&world, &whole);
    train(&world, &broken);
    broken.epochs = 6;
    strcpy(broken.resume, broken.checkpoint);
    train(&world, &broken);
    if (world.rank == 0)
        assert_same_bytes("whole.ckpt.h5", "broken.ckpt.h5");
}

/* Writes a checkpoint of the state, in the background where there is spare memory. */
static void save(const hr_state *training, hr_graph_context *graph, const hr_train_config *config,
                 const char *fingerprint, const char *name, bool spare)
{
    hr_error err = {""};
    hr_saver saver = {0};
    assert_ok(hr_saver_create(&saver, training, graph, 1, spare, &err));
    assert_ok(hr_saver_begin(&saver, training, config, fingerprint, shared_path(name), &err));
    assert_ok(hr_saver_finish(&saver, &err));
    hr_saver_free(&saver);
}

static hr_status apply(void *argument, const float *x, float *y, hr_error *err)
{
    const hr_stepper *stepper = argument;
    return stepper->model->forward(stepper->model_state, HR_AT_REST, x, NULL, y, err);
}

/* From the checkpoint as it was after the second step. */
static void from_the_middle_of_an_epoch(void **state)
{
    (void)state;
    hr_train_options whole = options_for("whole.ckpt.h5", 6), middle = options_for("middle.ckpt.h5", 6);
    hr_error err = {""};
    hr_graph_context graph;
    hr_stepper stepper = {0};
    hr_state training = {0};
    hr_h5 *file = NULL;
    hr_dataset_summary data;
    assert_ok(hr_dataset_open(&file, &data, shared_path("d.h5"), &err));
    hr_h5_close(file);
    toy_cut(&world, "d.h5", "k.h5", HR_CUT_METIS, world.size);
    toy_open(&graph, &world, "k.h5", middle.dim);
    const hr_train_config config = toy_config(&middle, &graph);
    assert_ok(hr_stepper_create(&stepper, &graph, &config, &err));
    assert_ok(hr_state_create(&training, &graph, &config.model, true, (hr_dense_counts){0}, &err));
    assert_ok(hr_spectral_start(&graph, &(hr_row_map){apply, &stepper}, middle.spectral_rounds,
                                middle.deviation, training.parameter, stepper.output, &err));
    assert_true(hr_sampler_epoch_steps(&stepper.sampler) >
                2); /* so that the second step is within the first epoch */
    for (int step = 0; step < 2; step++)
        assert_ok(hr_stepper_step(&stepper, &training, &err));
    save(&training, &graph, &config, data.fingerprint, "one-by-one.ckpt.h5", false);
    save(&training, &graph, &config, data.fingerprint, "middle.ckpt.h5", true);
    if (world.rank == 0)
        assert_same_bytes("one-by-one.ckpt.h5", "middle.ckpt.h5");
    hr_state_free(&training);
    hr_stepper_free(&stepper);
    hr_graph_context_free(&graph);
    strcpy(middle.resume, middle.checkpoint);
    train(&world, &middle);
    train(&world, &whole);
    if (world.rank == 0)
        assert_same_bytes("whole.ckpt.h5", "middle.ckpt.h5");
}

static void the_same_figures_on_fewer_ranks(void **state)
{
    (void)state;
    hr_comm fewer = first_ranks(world.size > 1 ? world.size - 1 : 1);
    hr_train_options whole = options_for("whole.ckpt.h5", 6), moved = options_for("moved.ckpt.h5", 4);
    whole.schedule = moved.schedule = HR_SCHEDULE_CONSTANT;
    train(&world, &whole);
    train(&world, &moved);
    moved.epochs = 6;
    strcpy(moved.resume, moved.checkpoint);
    if (fewer.size > 0)
        train(&fewer, &moved);
    MPI_Barrier(world.mpi);
    if (world.rank == 0) {
        static float a[150 * 20], b[150 * 20];
        read_user_rows("whole.ckpt.h5", a, 150 * 20);
        read_user_rows("moved.ckpt.h5", b, 150 * 20);
        double difference = 0.0, size = 0.0;
        for (int i = 0; i < 150 * 20; i++) {
            difference += ((double)a[i] - (double)b[i]) * ((double)a[i] - (double)b[i]);
            size += (double)a[i] * (double)a[i];
        }
        assert_true(difference < 1e-4 * size);
    }
    free_first(&fewer);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_bytes_on_the_same_ranks),
        cmocka_unit_test(from_the_middle_of_an_epoch),
        cmocka_unit_test(the_same_figures_on_fewer_ranks),
    };
    return run_mpi_tests(argc, argv, tests);
}
