/* ranks: 1 2, sanitized: none */
/* Each model by each of its losses: two datasets that differ in their held-out ratings alone, other movies
 * with other values and tags, train to the same scores, bit for bit. Those held out are on the same few
 * movies for all users, with the highest ratings in one dataset and the lowest in the other, so that a graph,
 * a count, a mean, a bias or a feature that they got into would be another; that they would be seen is shown
 * by training on them. Validation is once, at the end: valid ratings choose the epoch that scores, and
 * nothing else. */
#include "io/base/memory.h"
#include "io/features/text_features.h"
#include "tests/support/toy.h"
#include "tests/support/toy_run.h"
#include "trainer/config/recipe.h"
#include "trainer/models/model.h"
#include "trainer/run/train.h"
#include "trainer/scoring/load_scorer.h"

#include <string.h>

enum { USERS = 80, MOVIES = 60, EPOCHS = 2 };

/* Where held-out ratings go. */
typedef enum where { ON_FIRST_MOVIES, ON_LAST_MOVIES } where;

/* Moves a user's ratings of a part to movies that the user has not rated, from one end of the catalogue. */
static void move_user(hr_ratings *r, int64_t user, hr_split part, where end)
{
    uint8_t kind[MOVIES];
    float value[MOVIES];
    int64_t left = 0, next = r->ptr[user];
    memset(kind, 9, sizeof kind);
    for (int64_t i = r->ptr[user]; i < r->ptr[user + 1]; i++) {
        left += r->split[i] == part;
        if (r->split[i] != part) {
            kind[r->movie[i]] = r->split[i];
            value[r->movie[i]] = r->value[i];
        }
    }
    for (int64_t i = 0; left > 0; i++) {
        const int64_t m = end == ON_FIRST_MOVIES ? i : MOVIES - 1 - i;
        if (kind[m] == 9) {
            kind[m] = (uint8_t)part;
            value[m] = end == ON_FIRST_MOVIES ? 5.0F : 0.5F;
            left--;
        }
    }
    for (int32_t m = 0; m < MOVIES; m++)
        if (kind[m] != 9) {
            r->movie[next] = m;
            r->value[next] = value[m];
            r->split[next++] = kind[m];
        }
    assert_int_equal(next, r->ptr[user + 1]);
}

/* Every user tags what is held out of the user's ratings. */
static void tag_held_out(hr_dataset *data, hr_split part)
{
    hr_error err = {""};
    const hr_ratings *r = &data->ratings;
    data->tag_user = hr_alloc(r->count, sizeof *data->tag_user);
    data->tag_movie = hr_alloc(r->count, sizeof *data->tag_movie);
    data->tag_text = hr_alloc(r->count, sizeof *data->tag_text);
    data->tag_time = hr_alloc(r->count, sizeof *data->tag_time);
    assert_ok(hr_strings_append(&data->tag_name, "secret", 6, &err));
    for (int64_t user = 0; user < USERS; user++)
        for (int64_t i = r->ptr[user]; i < r->ptr[user + 1]; i++)
            if (r->split[i] == part) {
                data->tag_user[data->tags] = (int32_t)user;
                data->tag_movie[data->tags++] = r->movie[i];
            }
}

/* Writes toy data with one part moved, and made train where `shown` is set. */
static void write_moved(const char *name, hr_split part, where end, bool shown)
{
    hr_error err = {""};
    const hr_text_options text = HR_TEXT_DEFAULTS;
    if (world.rank == 0) {
        hr_dataset data = toy_dataset(USERS, MOVIES, 0.25, part == HR_VALID, 12);
        for (int64_t user = 0; user < USERS; user++)
            move_user(&data.ratings, user, part, end);
        tag_held_out(&data, part);
        for (int64_t i = 0; i < data.ratings.count; i++)
            if (shown && data.ratings.split[i] == part)
                data.ratings.split[i] = HR_TRAIN;
        hr_text_free(&data.text);
        assert_ok(hr_text_build(&data, &text, &data.text, &err));
        assert_ok(hr_dataset_write(&data, shared_path(name), &err));
        hr_dataset_free(&data);
    }
    MPI_Barrier(world.mpi);
}

/* Scores of all users with all movies, as evaluate and recommend have them. */
static void score_all(const char *checkpoint, const char *data, float *scores)
{
    hr_error err = {""};
    const hr_comm alone = hr_comm_of(MPI_COMM_SELF);
    hr_loaded loaded = {0};
    hr_score_workspace workspace = {0};
    assert_ok(hr_load_scorer(&loaded, &alone, shared_path(checkpoint), shared_path(data), &err));
    assert_ok(hr_score_workspace_create(&workspace, &loaded.scorer, &err));
    for (int64_t user = 0; user < USERS; user++) {
        hr_score_load_users(&loaded.scorer, &workspace, &user, 1);
        hr_score_movies(&loaded.scorer, &workspace, 0, MOVIES, MOVIES, scores + user * MOVIES);
    }
    hr_score_workspace_free(&workspace);
    hr_loaded_free(&loaded);
}

static void train(const char *data, const char *checkpoint, const hr_model *model, hr_loss loss)
{
    hr_error err = {""};
    hr_train_options options = hr_train_defaults;
    strcpy(options.model, model->name);
    options.loss = (int)loss;
    assert_ok(hr_recipe_apply(&options, &err));
    options.epochs = EPOCHS;
    options.eval_every = EPOCHS;
    options.patience = 0;
    options.batch = 300;
    if (options.dim > 1)
        options.dim = 20;
    strcpy(options.checkpoint, shared_path(checkpoint));
    toy_train(&world, data, &options);
}

/* Trains on first.h5, last.h5 and shown.h5 and compares scores. */
static void check(const hr_model *model, hr_loss loss)
{
    static float first[USERS * MOVIES], last[USERS * MOVIES], shown[USERS * MOVIES];
    train("first.h5", "first.ckpt.h5", model, loss);
    train("last.h5", "last.ckpt.h5", model, loss);
    train("shown.h5", "shown.ckpt.h5", model, loss);
    if (world.rank != 0)
        return;
    score_all("first.ckpt.h5", "first.h5", first);
    score_all("last.ckpt.h5", "last.h5", last);
    score_all("shown.ckpt.h5", "shown.h5", shown);
    if (memcmp(first, last, sizeof first) != 0)
        fail_msg("%s, loss %d: held-out ratings change its scores", model->name, (int)loss);
    if (memcmp(first, shown, sizeof first) == 0)
        fail_msg("%s, loss %d: a leak would not be seen", model->name, (int)loss);
}

static void check_all(hr_split part)
{
    write_moved("first.h5", part, ON_FIRST_MOVIES, false);
    write_moved("last.h5", part, ON_LAST_MOVIES, false);
    write_moved("shown.h5", part, ON_FIRST_MOVIES, true);
    for (int i = 0; hr_models[i]; i++)
        for (int l = 0; l < HR_MAX_LOSSES; l++)
            if (l == 0 || hr_models[i]->losses[l] != HR_LOSS_OWN)
                check(hr_models[i], hr_models[i]->losses[l]);
}

static void of_the_test_part(void **state)
{
    (void)state;
    check_all(HR_TEST);
}

static void of_the_valid_part(void **state)
{
    (void)state;
    check_all(HR_VALID);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(of_the_test_part),
                                       cmocka_unit_test(of_the_valid_part)};
    return run_mpi_tests(argc, argv, tests);
}
