/* ranks: 4 */
/* With --reproducible the checkpoint is the same, byte for byte, on 1 to 4 ranks, by any cut and on any
 * number of threads; without it, it is not. */
#include "tests/support/toy_run.h"
#include "trainer/config/recipe.h"
#include "trainer/models/model.h"
#include "trainer/run/train.h"
#include "trainer/sampling/sampler.h"

#include <omp.h>
#include <stdio.h>

static hr_train_options options_for(const char *model, hr_loss loss)
{
    hr_error err;
    hr_train_options options = hr_train_defaults;
    strcpy(options.model, model);
    options.loss = (int)loss;
    assert_ok(hr_recipe_apply(&options, &err));
    options.reproducible = true;
    if (options.dim > 1)
        options.dim = 20; /* rows that begin anywhere in a line */
    options.epochs = 2;
    options.eval_every = 1;
    options.batch = 700;
    strcpy(options.checkpoint, shared_path("run.ckpt.h5"));
    strcpy(options.partition, shared_path("k.h5"));
    return options;
}

static void train_on(int ranks, int threads, hr_cut_method method, const hr_train_options *options)
{
    hr_comm comm = first_ranks(ranks);
    if (comm.size > 0) {
        omp_set_num_threads(threads);
        toy_cut(&comm, "d.h5", "k.h5", method, ranks);
        toy_train(&comm, "d.h5", options);
        omp_set_num_threads(1);
    }
    free_first(&comm);
    MPI_Barrier(world.mpi);
}

/* Whether the file of a run on some ranks is that of the run on one. */
static bool is_the_same(const char *one)
{
    int same = 0;
    if (world.rank == 0)
        same = is_same_bytes("run.ckpt.h5", one);
    MPI_Bcast(&same, 1, MPI_INT, 0, world.mpi);
    return same != 0;
}

static void keep_as(const char *name)
{
    if (world.rank == 0)
        assert_int_equal(rename(shared_path("run.ckpt.h5"), shared_path(name)), 0);
    MPI_Barrier(world.mpi);
}

static const struct {
    int ranks, threads;
    hr_cut_method method;
} runs[] = {{3, 1, HR_CUT_RANDOM}, {1, 3, HR_CUT_METIS}, {2, 1, HR_CUT_METIS}, {4, 1, HR_CUT_BLOCK}};

/* The first `count` of the runs end as one rank does. */
static void check(const hr_train_options *options, size_t count)
{
    train_on(1, 1, HR_CUT_METIS, options);
    keep_as("one.ckpt.h5");
    for (size_t i = 0; i < count; i++) {
        train_on(runs[i].ranks, runs[i].threads, runs[i].method, options);
        if (!is_the_same("one.ckpt.h5"))
            fail_msg("%s, loss %d: %d ranks, %d threads end in other bytes", options->model, options->loss,
                     runs[i].ranks, runs[i].threads);
    }
}

/* Other ranks and other threads by the model's usual loss; other losses add up by the same sums. */
static void every_model_and_loss(void **state)
{
    (void)state;
    toy_write(&world, "d.h5", 150, 100, 0.15, 1);
    for (int i = 0; hr_models[i]; i++)
        for (int l = 0; l < HR_MAX_LOSSES; l++) {
            const hr_loss loss = hr_models[i]->losses[l];
            if (hr_models[i]->rounds_by_ranks || (l > 0 && loss == HR_LOSS_OWN))
                break;
            const hr_train_options options = options_for(hr_models[i]->name, loss);
            check(&options, l == 0 ? 2 : 1);
        }
}

static void options_that_add_up(void **state)
{
    (void)state;
    hr_train_options options = options_for("lightgcn", HR_LOSS_BPR);
    options.clip = 1e-3;
    options.pool = 0;
    options.ridge = 0.1;
    check(&options, sizeof runs / sizeof *runs);
    options.optimiser = HR_OPTIMISER_SGD;
    options.sample = HR_SAMPLE_EDGE;
    check(&options, 1);
}

/* MLPs beside products of whole rows: those of halves are models of their own. */
static void mlps(void **state)
{
    (void)state;
    const hr_loss losses[] = {HR_LOSS_BPR, HR_LOSS_MSE, HR_LOSS_SOFTMAX};
    for (size_t i = 0; i < sizeof losses / sizeof *losses; i++) {
        hr_train_options options = options_for("sage", losses[i]);
        strcpy(options.mlp, "33,9");
        options.dropout = 0.2;
        options.pool = i == 0 ? 0 : options.pool;
        check(&options, 1);
    }
}

/* What sums over rows and edges are used for besides. */
static void normalised_and_dropped_rows(void **state)
{
    (void)state;
    hr_train_options options = options_for("sage", HR_LOSS_MSE);
    options.layers = 2;
    options.batch_norm = true;
    options.dropout = 0.1;
    options.message_dropout = 0.2;
    options.aggregate = HR_AGGREGATE_SUM;
    options.row_norm = true;
    check(&options, sizeof runs / sizeof *runs);
}

/* The control: plain sums do depend on the number of ranks. */
static void plain_runs_differ(void **state)
{
    (void)state;
    hr_train_options options = options_for("lightgcn", HR_LOSS_BPR);
    options.reproducible = false;
    train_on(1, 1, HR_CUT_METIS, &options);
    keep_as("one.ckpt.h5");
    train_on(3, 1, HR_CUT_RANDOM, &options);
    assert_false(is_the_same("one.ckpt.h5"));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_model_and_loss),
        cmocka_unit_test(options_that_add_up),
        cmocka_unit_test(mlps),
        cmocka_unit_test(normalised_and_dropped_rows),
        cmocka_unit_test(plain_runs_differ),
    };
    return run_mpi_tests(argc, argv, tests);
}
