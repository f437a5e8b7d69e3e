/* ranks: 7, sanitized: 4 */
/* Losses of three epochs, final recall and the samples are the same on 1, 2, 3, 4 and 7 ranks, as far as
 * there are so many, with any cut and in any grid; the same run twice is the same file. */
#include "tests/support/toy.h"
#include "tests/support/toy_run.h"
#include "trainer/run/train.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>

enum { EPOCHS = 3 };

/* What a run left behind. */
typedef struct outcome {
    double loss[EPOCHS], recall;
} outcome;

static void read_log(outcome *result)
{
    FILE *log = fopen(shared_path("run.jsonl"), "r");
    assert_non_null(log);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        json_t *line = json_loadf(log, JSON_DISABLE_EOF_CHECK, NULL);
        assert_non_null(line);
        assert_int_equal(json_integer_value(json_object_get(line, "epoch")), epoch + 1);
        result->loss[epoch] = json_number_value(json_object_get(line, "loss"));
        result->recall = json_number_value(json_object_get(line, "recall@20"));
        json_decref(line);
    }
    fclose(log);
}

/* parts 0: the training cuts by itself, as it likes. */
static outcome train_on(int ranks, int32_t parts, hr_cut_method method)
{
    hr_error err = {""};
    outcome result = {0};
    hr_comm comm = first_ranks(ranks);
    hr_train_options options = hr_train_defaults;
    options.epochs = EPOCHS;
    options.eval_every = EPOCHS;
    options.dim = 32;
    options.batch = 1024;
    strcpy(options.log, shared_path("run.jsonl"));
    strcpy(options.checkpoint, shared_path("run.ckpt.h5"));
    if (comm.size > 0) {
        if (parts > 0) {
            toy_cut(&comm, "d.h5", "k.h5", method, parts);
            strcpy(options.partition, shared_path("k.h5"));
        }
        toy_train(&comm, "d.h5", &options);
        if (comm.rank == 0)
            read_log(&result);
    }
    free_first(&comm);
    assert_ok(hr_broadcast(&world, &result, sizeof result, 0, &err));
    return result;
}

static void assert_same_figures(const outcome *a, const outcome *b)
{
    for (int epoch = 0; epoch < EPOCHS; epoch++)
        if (fabs(a->loss[epoch] - b->loss[epoch]) > 1e-4 * fabs(b->loss[epoch]))
            fail_msg("epoch %d: loss %.9g against %.9g", epoch + 1, a->loss[epoch], b->loss[epoch]);
    if (fabs(a->recall - b->recall) > 0.002)
        fail_msg("recall@20 %.6f against %.6f", a->recall, b->recall);
}

/* A run on some ranks, if there are so many, agrees with that on one. */
static void assert_agrees(int ranks, int32_t parts, hr_cut_method method, const outcome *one)
{
    if (ranks > world.size)
        return;
    const outcome several = train_on(ranks, parts, method);
    assert_same_figures(&several, one);
}

static void losses_and_recall_agree(void **state)
{
    (void)state;
    toy_write(&world, "d.h5", 300, 200, 0.15, 1);
    const outcome one = train_on(1, 1, HR_CUT_METIS);
    assert_true(one.loss[0] > one.loss[EPOCHS - 1]);
    const int counts[] = {2, 3, 4, 7};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        assert_agrees(counts[i], counts[i], HR_CUT_METIS, &one);
    assert_agrees(4, 4, HR_CUT_BLOCK, &one);
    assert_agrees(4, 4, HR_CUT_RANDOM, &one);
    assert_agrees(3, 3, HR_CUT_STREAM, &one);
}

static void grids_agree(void **state)
{
    (void)state;
    const outcome one = train_on(1, 1, HR_CUT_METIS);
    const hr_grid_shape grids[] = {{1, 2}, {1, 3}, {2, 2}, {1, 4}, {2, 3}, {3, 2}, {1, 7}};
    for (size_t i = 0; i < sizeof grids / sizeof *grids; i++)
        assert_agrees(grids[i].parts * grids[i].groups, grids[i].parts, HR_CUT_METIS, &one);
    assert_agrees(6, 0, HR_CUT_METIS, &one);
}

static void twice_the_same_is_the_same_file(void **state)
{
    (void)state;
    for (int32_t parts = 2; parts <= 4; parts += 2) {
        train_on(4, parts, HR_CUT_METIS);
        if (world.rank == 0)
            assert_int_equal(rename(shared_path("run.ckpt.h5"), shared_path("first.ckpt.h5")), 0);
        train_on(4, parts, HR_CUT_METIS);
        if (world.rank == 0)
            assert_same_bytes("run.ckpt.h5", "first.ckpt.h5");
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(losses_and_recall_agree),
        cmocka_unit_test(grids_agree),
        cmocka_unit_test(twice_the_same_is_the_same_file),
    };
    return run_mpi_tests(argc, argv, tests);
}
