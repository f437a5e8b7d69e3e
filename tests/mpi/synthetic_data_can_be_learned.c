/* ranks: 2, sanitized: none */
/* On synthetic data a trained model clearly beats popularity, which is evaluated as rows of one column. */
#include "io/split/split.h"
#include "io/synth/synth.h"
#include "partition/halo/blocks.h"
#include "tests/support/toy_run.h"
#include "trainer/evaluation/evaluate.h"
#include "trainer/run/train.h"

#include <jansson.h>
#include <stdio.h>

static const hr_cutoffs cutoffs = {1, {20}};
static const hr_evaluation asked = {.split = HR_VALID, .cutoffs = &cutoffs};

static void make_data(void)
{
    hr_error err = {""};
    const hr_synth_preset *preset = NULL;
    hr_dataset data = {0};
    hr_split_rule rule;
    assert_ok(hr_synth_find("ml-latest-small", &preset, &err));
    assert_ok(hr_split_parse("ratio:0.8,0.2,0", &rule, &err));
    assert_ok(hr_synth(preset, 5, &data, &err));
    const hr_comm alone = hr_comm_alone();
    assert_ok(hr_split_apply(&alone, &data.ratings, &rule, 5, &err));
    assert_ok(hr_dataset_write(&data, shared_path("d.h5"), &err));
    hr_dataset_free(&data);
}

/* A user's row is 1, a movie's the number of its train ratings. */
static double popularity_recall(void)
{
    hr_error err = {""};
    hr_h5 *file = NULL;
    hr_dataset_summary summary;
    hr_ratings all, mine;
    hr_metrics metrics;
    hr_scorer scorer = {0};
    assert_ok(hr_dataset_open(&file, &summary, shared_path("d.h5"), &err));
    const hr_row_block block = hr_row_block_of(&world, summary.users, summary.movies);
    assert_ok(hr_dataset_read_slice(file, 0, summary.users, 0.0, &all, &err));
    assert_ok(hr_dataset_read_slice(file, block.first_user, block.users, 0.0, &mine, &err));
    float *rows = calloc((size_t)(block.users + block.movies), sizeof *rows);
    for (int64_t u = 0; u < block.users; u++)
        rows[u] = 1.0F;
    for (int64_t i = 0; i < all.count; i++)
        if (all.split[i] == HR_TRAIN && all.movie[i] >= block.first_movie &&
            all.movie[i] < block.first_movie + block.movies)
            rows[block.users + all.movie[i] - block.first_movie] += 1.0F;
    assert_ok(
        hr_scorer_create(&scorer, &world, &mine, rows, &(hr_mlp_shape){.columns = 1}, NULL, NULL, &err));
    assert_ok(hr_evaluate(&world, &scorer, &asked, &metrics, &err));
    hr_scorer_free(&scorer);
    free(rows);
    hr_ratings_free(&mine);
    hr_ratings_free(&all);
    hr_h5_close(file);
    return metrics.at[0].recall;
}

static double trained_recall(void)
{
    hr_error err = {""};
    hr_train_options options = hr_train_defaults;
    double recall = 0.0;
    options.epochs = options.eval_every = 12;
    strcpy(options.log, shared_path("run.jsonl"));
    toy_train(&world, "d.h5", &options);
    if (world.rank == 0) {
        FILE *log = fopen(shared_path("run.jsonl"), "r");
        assert_non_null(log);
        for (json_t *line; (line = json_loadf(log, JSON_DISABLE_EOF_CHECK, NULL)) != NULL; json_decref(line))
            recall = json_number_value(json_object_get(line, "recall@20"));
        fclose(log);
    }
    assert_ok(hr_broadcast(&world, &recall, sizeof recall, 0, &err));
    return recall;
}

static void a_model_beats_popularity(void **state)
{
    (void)state;
    if (world.rank == 0)
        make_data();
    MPI_Barrier(world.mpi);
    const double popular = popularity_recall(), trained = trained_recall();
    if (!(popular > 0.05 && trained > 1.5 * popular))
        fail_msg("recall@20 of popularity %.4f, of the model %.4f", popular, trained);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_model_beats_popularity)};
    return run_mpi_tests(argc, argv, tests);
}
