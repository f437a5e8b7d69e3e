/* ranks: 1 2 3, sanitized: 3 */
/* --item-features: what is in the file changes what sage learns and what content recommends, alike on any
 * number of ranks. */
#include "io/base/philox.h"
#include "tests/support/toy_run.h"
#include "tests/support/whole_h5.h"
#include "trainer/config/recipe.h"
#include "trainer/models/model.h"
#include "trainer/run/train.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>

enum { USERS = 60, MOVIES = 40, COLUMNS = 3 };

/* Writes a file of features, as others write it, from rank 0. */
static void write_features(const char *path, uint32_t draw)
{
    hr_error err = {""};
    if (world.rank == 0) {
        hr_h5 *file = NULL;
        float features[MOVIES * COLUMNS];
        for (int i = 0; i < MOVIES * COLUMNS; i++)
            features[i] = (float)hr_uniform(hr_philox(4, HR_STREAM_SYNTH, draw, (uint64_t)i).word[0]) - 0.5F;
        assert_ok(hr_h5_create(&file, path, "somebody's", 1, sizeof features, &err));
        assert_ok(hr_h5_write(file, "features", HR_H5_F32, MOVIES, COLUMNS, features, &err));
        assert_ok(make_whole(file, &err));
        hr_h5_close(file);
    }
    MPI_Barrier(world.mpi);
}

/* A figure of the last line of a short run. */
static double figure_of(const char *model, const char *features, const char *key)
{
    hr_error err = {""};
    double figure = 0.0;
    hr_train_options options = hr_train_defaults;
    strcpy(options.model, model);
    assert_ok(hr_recipe_apply(&options, &err));
    options.epochs = options.epochs > 1 ? 2 : 1;
    options.batch = 300;
    options.schedule = HR_SCHEDULE_CONSTANT;
    options.dim = options.dim > 1 ? 8 : 1;
    strcpy(options.item_features, features);
    strcpy(options.log, shared_path("run.jsonl"));
    toy_train(&world, "d.h5", &options);
    if (world.rank == 0) {
        FILE *log = fopen(shared_path("run.jsonl"), "r");
        assert_non_null(log);
        for (json_t *line; (line = json_loadf(log, JSON_DISABLE_EOF_CHECK, NULL)) != NULL; json_decref(line))
            figure = json_number_value(json_object_get(line, key));
        fclose(log);
    }
    assert_ok(hr_broadcast(&world, &figure, sizeof figure, 0, &err));
    return figure;
}

static void they_change_what_is_learned(void **state)
{
    (void)state;
    char one[HR_TEXT_LENGTH], two[HR_TEXT_LENGTH];
    strcpy(one, shared_path("one.h5"));
    strcpy(two, shared_path("two.h5"));
    toy_write(&world, "d.h5", USERS, MOVIES, 0.3, 1);
    write_features(one, 1);
    write_features(two, 2);
    const double without = figure_of("sage", "", "rmse");
    const double with_one = figure_of("sage", one, "rmse"), with_two = figure_of("sage", two, "rmse");
    assert_true(fabs(with_one - without) > 1e-6 && fabs(with_two - with_one) > 1e-6);
    const double likes_one = figure_of("content", one, "recall@20");
    const double likes_two = figure_of("content", two, "recall@20");
    assert_true(likes_one > 0.0 && likes_two > 0.0 && likes_one != likes_two);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(they_change_what_is_learned)};
    return run_mpi_tests(argc, argv, tests);
}
