/* ranks: 2, sanitized: none */
/* A model of each kind, extended onto the data that it was trained on, has the same output rows, whichever epoch was
 * the best. */
#include "io/checkpoint/checkpoint.h"
#include "tests/support/toy_run.h"
#include "trainer/config/recipe.h"
#include "trainer/models/model.h"
#include "trainer/run/extend.h"

#include <string.h>

enum { USERS = 90, MOVIES = 60, DIM = 20 };

/* Steps are so long that the last epoch is seldom the best. */
static hr_train_options options_for(const hr_model *model, hr_loss loss)
{
    hr_error err;
    hr_train_options options = hr_train_defaults;
    strcpy(options.model, model->name);
    options.loss = (int)loss;
    assert_ok(hr_recipe_apply(&options, &err));
    options.epochs = 3;
    options.eval_every = 1;
    options.batch = 700;
    if (loss != HR_LOSS_MSE)
        options.lr = 0.3;
    options.decay = 1e-4;
    options.schedule = HR_SCHEDULE_CONSTANT;
    if (options.dim > 1)
        options.dim = DIM;
    if (*options.mlp)
        strcpy(options.mlp, "8,4");
    strcpy(options.checkpoint, shared_path("old.ckpt.h5"));
    return options;
}

/* The output rows of a file, and the name of what they were made of. */
static void read_output(const char *name, float *rows, char *source)
{
    hr_error err = {""};
    hr_h5 *file = NULL;
    hr_checkpoint_summary summary;
    assert_ok(hr_checkpoint_open(&file, &summary, NULL, shared_path(name), &err));
    const hr_row_block all = {0, USERS, 0, MOVIES};
    assert_ok(hr_checkpoint_read(file, &summary, &(hr_checkpoint_rows){"output", rows}, &all, &err));
    strcpy(source, summary.source);
    hr_h5_close(file);
}

static void check(const hr_model *model, hr_loss loss, int *older)
{
    static float before[(USERS + MOVIES) * DIM], after[(USERS + MOVIES) * DIM];
    char source[HR_MODEL_NAME_LENGTH];
    hr_error err = {""};
    const hr_train_options options = options_for(model, loss);
    toy_train(&world, "d.h5", &options);
    assert_ok(hr_extend(&world, options.checkpoint, shared_path("d.h5"), shared_path("d.h5"),
                        shared_path("new.ckpt.h5"), &err));
    memset(before, 0, sizeof before);
    memset(after, 0, sizeof after);
    read_output("old.ckpt.h5", before, source);
    *older += strcmp(source, HR_SOURCE_LAST) != 0;
    read_output("new.ckpt.h5", after, source);
    assert_string_equal(source, HR_SOURCE_LAST);
    if (memcmp(before, after, sizeof before) != 0)
        fail_msg("%s by loss %d: other output rows", model->name, (int)loss);
}

static void for_each_model(void **state)
{
    (void)state;
    int older = 0;
    toy_write(&world, "d.h5", USERS, MOVIES, 0.2, 1);
    for (int i = 0; hr_models[i]; i++)
        for (int l = 0; l < HR_MAX_LOSSES; l++)
            if (l == 0 || hr_models[i]->losses[l] == HR_LOSS_MSE)
                check(hr_models[i], hr_models[i]->losses[l], &older);
    assert_true(older > 2);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(for_each_model)};
    return run_mpi_tests(argc, argv, tests);
}
