#include "trainer/scoring/load_scorer.h"

#include "io/base/memory.h"
#include "io/dataset/dataset_verify.h"
#include "partition/halo/blocks.h"
#include "trainer/loss/mlp_bounds.h"
#include "trainer/models/model.h"
#include "trainer/scoring/fold_in_users.h"

#include <float.h>
#include <math.h>

static hr_status load_mlp(hr_loaded *l, hr_h5 *trained, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t count = hr_mlp_weights(&l->mlp);
    if (count == 0)
        return HR_OK;
    HR_TRY(hr_checkpoint_expect_dense(trained, "output", count, err));
    HR_ALLOC(l->weights, count);
    HR_TRY(hr_checkpoint_read_dense(trained, &(hr_checkpoint_dense){"output", count, l->weights}, err));
done:
    return status;
}

/* The largest of a rank's entries. */
static double largest_entry(const float *values, int64_t count)
{
    double most = 0.0;
    for (int64_t i = 0; i < count; i++)
        most = fmax(most, fabs((double)values[i]));
    return most;
}

/* Scores are floats: of rows so large that one could be infinite there would be no order. Collective. */
static hr_status check_scores(const hr_loaded *l, const hr_comm *comm, const char *checkpoint, int64_t rows,
                              hr_error *err)
{
    double row = largest_entry(l->block, rows * l->mlp.columns);
    hr_status status = hr_max_f64(comm, &row, 1, err);
    const double score = l->mlp.layers > 0 ? hr_mlp_largest_score(&l->mlp, l->weights, row)
                                           : row * row * (double)l->mlp.columns;
    if (status == HR_OK && !(score < (double)FLT_MAX))
        status = hr_fail(err, HR_INPUT,
                         "%s: scores could be as large as %g, which is no 32-bit float; the file is damaged",
                         checkpoint, score);
    return status;
}

/* *data is for the caller to close, and *rows the number of rows that were read. */
static hr_status load(hr_loaded *l, const hr_comm *comm, const char *checkpoint, const char *dataset,
                      int64_t first_user, int64_t users, hr_h5 **dataset_file, int64_t *row_count,
                      hr_error *err)
{
    hr_status status = HR_OK;
    hr_checkpoint_summary model;
    hr_h5 *trained = NULL, *data = NULL;
    json_t *run = NULL;
    hr_train_config config;
    hr_checkpoint_rows rows = {.name = "output"};
    HR_TRY(hr_checkpoint_open(&trained, &model, &run, checkpoint, err));
    HR_TRY(hr_dataset_open(&data, &l->data, dataset, err));
    HR_TRY(hr_checkpoint_match(trained, &model, l->data.fingerprint, l->data.users, l->data.movies, err));
    const hr_graph_size size = {l->data.users, l->data.movies, l->data.splits[HR_TRAIN]};
    HR_TRY(hr_fail_in(err, hr_train_config_from_json(json_object_get(run, "options"), size, &config, err),
                      checkpoint));
    HR_TRY(hr_checkpoint_fits(trained, &model, config.model.table->name, config.model.dim, err));
    l->scoring = config.scoring;
    l->model = config.model;
    l->mlp = config.loss.mlp;
    hr_row_block block = hr_row_block_of(comm, model.users, model.movies);
    if (users > 0) {
        block.first_user = first_user;
        block.users = users;
    }
    *row_count = block.users + block.movies;
    HR_ALLOC(l->block, *row_count * model.dim);
    rows.block = l->block;
    HR_TRY(hr_checkpoint_read(trained, &model, &rows, &block, err));
    HR_TRY(load_mlp(l, trained, err));
    HR_TRY(hr_dataset_read_slice(data, block.first_user, block.users, l->scoring.valid, &l->ratings, err));
    if (l->scoring.predicts_ratings)
        HR_TRY(hr_dataset_read_values(data, &l->ratings, err));
done:
    json_decref(run);
    *dataset_file = data;
    hr_h5_close(trained);
    return status;
}

hr_status hr_load_scorer(hr_loaded *loaded, const hr_comm *comm, const char *checkpoint, const char *dataset,
                         int64_t first_user, int64_t users, hr_error *err)
{
    hr_h5 *data = NULL;
    int64_t rows = 0;
    hr_status status = load(loaded, comm, checkpoint, dataset, first_user, users, &data, &rows, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_dataset_verify(comm, data, &loaded->data, err));
    HR_TRY(check_scores(loaded, comm, checkpoint, rows, err));
    HR_TRY(hr_mixer_create(&loaded->mixer, comm, dataset, &loaded->scoring, err));
    HR_TRY(hr_scorer_create(&loaded->scorer, comm, &loaded->ratings, loaded->block, &loaded->mlp,
                            loaded->weights, &loaded->mixer, err));
    if (users == 0)
        HR_TRY(hr_fold_in_users(comm, &loaded->data, &loaded->model, &loaded->ratings,
                                loaded->scorer.movie_row, loaded->block, err));
done:
    hr_h5_close(data);
    return status;
}

void hr_loaded_free(hr_loaded *loaded)
{
    hr_scorer_free(&loaded->scorer);
    hr_ratings_free(&loaded->ratings);
    free(loaded->block);
    free(loaded->weights);
    hr_mixer_free(&loaded->mixer);
    *loaded = (hr_loaded){0};
}
