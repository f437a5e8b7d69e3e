/* ranks: 1 2 3, sanitized: 2 */
/* What a checkpoint keeps to fold in newcomers is what training computes by: from a trained user's own parameters and movies
 * it gives that user's output row, of lightgcn, sage, gat and gatv2 with all that changes their layers. */
#include "tests/support/toy.h"
#include "tests/support/toy_run.h"
#include "trainer/config/recipe.h"
#include "trainer/fold_in/layers.h"
#include "trainer/models/model.h"
#include "trainer/scoring/load_scorer.h"

#include <math.h>

enum { USERS = 50, MOVIES = 30, DIM = 16 };

static hr_train_options options_of(const char *model, int64_t layers, int loss)
{
    hr_error err = {""};
    hr_train_options options = hr_train_defaults;
    strcpy(options.model, model);
    options.loss = loss;
    assert_ok(hr_recipe_apply(&options, &err));
    options.layers = layers;
    options.dim = DIM;
    options.epochs = 3;
    options.heads = 2;
    options.dense_lr = 0.02;
    strcpy(options.checkpoint, shared_path("run.ckpt.h5"));
    return options;
}

/* Users' parameters, those of the output. */
static void read_parameters(float *block)
{
    hr_error err = {""};
    hr_h5 *file = NULL;
    hr_checkpoint_summary summary;
    assert_ok(hr_checkpoint_open(&file, &summary, NULL, shared_path("run.ckpt.h5"), &err));
    const hr_checkpoint_rows rows = {summary.source, block};
    assert_ok(hr_checkpoint_read(file, &summary, &rows, &(hr_row_block){0, USERS, 0, MOVIES}, &err));
    hr_h5_close(file);
}

static hr_known_ratings train_movies(const hr_ratings *r, int64_t user, int32_t movie[MOVIES],
                                     float value[MOVIES])
{
    hr_known_ratings known = {movie, r->value ? value : NULL, 0};
    for (int64_t i = r->ptr[user]; i < r->ptr[user + 1]; i++)
        if (r->split[i] == HR_TRAIN) {
            movie[known.count] = r->movie[i];
            value[known.count++] = r->value ? r->value[i] : 1.0F;
        }
    return known;
}

/* The row by the user's own parameters: a newcomer's, of which the map's are taken away. */
static void row_of(const hr_fold_in *f, const hr_known_ratings *known, const float *parameters,
                   float row[DIM])
{
    hr_error err = {""};
    hr_fold_in_workspace w = {0};
    float mapped[DIM];
    assert_ok(hr_fold_in_workspace_create(&w, f, known->count, &err));
    if (f->model->table->user_inputs->weight_count) {
        memcpy(row, parameters, sizeof(float[DIM]));
        hr_fold_in_layers(f, &w, known, f->model->layers, row);
        hr_fold_in_set_biases(f, row);
    } else {
        hr_user_map_features(f->map, known, w.wide);
        hr_user_map_apply(f->map, w.wide, mapped);
        hr_fold_in_propagate(f, &w, known, row);
        for (int c = 0; c < DIM; c++)
            row[c] += (parameters[c] - mapped[c]) / (float)(f->model->layers + 1);
    }
    hr_fold_in_workspace_free(&w);
}

static void check(const hr_train_options *options)
{
    hr_error err = {""};
    const hr_comm alone = hr_comm_alone();
    hr_loaded l = {0};
    float block[(USERS + MOVIES) * DIM];
    int32_t movie[MOVIES];
    float value[MOVIES];
    double largest = 0.0, wrong = 0.0;
    toy_train(&world, "data.h5", options);
    assert_ok(hr_load_scorer(&l, &alone, shared_path("run.ckpt.h5"), shared_path("data.h5"), &err));
    assert_ok(hr_load_fold_in(&l, &err));
    read_parameters(block);
    for (int64_t user = 0; user < USERS; user++) {
        float row[DIM];
        const hr_known_ratings known = train_movies(&l.ratings, user, movie, value);
        row_of(&l.newcomers.fold_in, &known, block + user * DIM, row);
        for (int c = 0; c < DIM; c++) {
            const double expected = (double)l.scorer.user_row[0][user * DIM + c];
            largest = fmax(largest, fabs(expected));
            wrong = fmax(wrong, fabs(expected - (double)row[c]));
        }
    }
    assert_true(largest > 1e-3);
    assert_true(wrong < 2e-5 * fmax(largest, 1.0));
    hr_loaded_free(&l);
}

static void of_lightgcn(void **state)
{
    (void)state;
    for (int64_t layers = 1; layers <= 3; layers++) {
        const hr_train_options options = options_of("lightgcn", layers, HR_LOSS_OWN);
        check(&options);
    }
}

static void of_sage(void **state)
{
    (void)state;
    hr_train_options options = options_of("sage", 1, HR_LOSS_BPR);
    check(&options);
    options = options_of("sage", 2, HR_LOSS_MSE);
    options.batch_norm = options.row_norm = true;
    check(&options);
    options = options_of("sage", 2, HR_LOSS_BPR);
    options.aggregate = HR_AGGREGATE_SUM;
    check(&options);
}

static void of_attention(void **state)
{
    (void)state;
    hr_train_options options = options_of("gat", 2, HR_LOSS_BPR);
    check(&options);
    options = options_of("gatv2", 2, HR_LOSS_MSE);
    check(&options);
}

int main(int argc, char **argv)
{
    start_mpi(&argc, &argv);
    toy_write(&world, "data.h5", USERS, MOVIES, 0.3, 0);
    const struct CMUnitTest tests[] = {cmocka_unit_test(of_lightgcn), cmocka_unit_test(of_sage),
                                       cmocka_unit_test(of_attention)};
    return finish_mpi(cmocka_run_group_tests(tests, NULL, NULL));
}
