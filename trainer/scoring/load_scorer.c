#include "trainer/scoring/load_scorer.h"

#include "io/base/memory.h"
#include "partition/halo/blocks.h"
#include "trainer/scoring/fold_in_users.h"

static hr_status load_mlp(hr_loaded *l, hr_h5 *trained, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t count = hr_mlp_weights(&l->mlp);
    if (count == 0)
        return HR_OK;
    HR_ALLOC(l->weights, count);
    HR_TRY(hr_checkpoint_read_dense(trained, &(hr_checkpoint_dense){"output", count, l->weights}, err));
done:
    return status;
}

static hr_status load(hr_loaded *l, const hr_comm *comm, const char *checkpoint, const char *dataset,
                      int64_t first_user, int64_t users, hr_error *err)
{
    hr_status status = HR_OK;
    hr_checkpoint_summary model;
    hr_h5 *trained = NULL, *data = NULL;
    json_t *run = NULL;
    hr_train_config config;
    hr_checkpoint_rows rows = {.name = "output"};
    HR_TRY(hr_checkpoint_open(&trained, &model, &run, checkpoint, err));
    HR_TRY(hr_dataset_open(&data, &l->data, dataset, err));
    HR_TRY(hr_checkpoint_match(trained, &model, l->data.fingerprint, err));
    const hr_graph_size size = {l->data.users, l->data.movies, l->data.splits[HR_TRAIN]};
    HR_TRY(hr_train_config_from_json(json_object_get(run, "options"), size, &config, err));
    l->scoring = config.scoring;
    l->model = config.model;
    l->mlp = config.loss.mlp;
    hr_row_block block = hr_row_block_of(comm, model.users, model.movies);
    if (users > 0) {
        block.first_user = first_user;
        block.users = users;
    }
    HR_ALLOC(l->block, (block.users + block.movies) * model.dim);
    rows.block = l->block;
    HR_TRY(hr_checkpoint_read(trained, &model, &rows, &block, err));
    HR_TRY(load_mlp(l, trained, err));
    HR_TRY(hr_dataset_read_slice(data, block.first_user, block.users, l->scoring.valid, &l->ratings, err));
    if (l->scoring.predicts_ratings)
        HR_TRY(hr_dataset_read_values(data, &l->ratings, err));
done:
    json_decref(run);
    hr_h5_close(data);
    hr_h5_close(trained);
    return status;
}

hr_status hr_load_scorer(hr_loaded *loaded, const hr_comm *comm, const char *checkpoint, const char *dataset,
                         int64_t first_user, int64_t users, hr_error *err)
{
    hr_status status = load(loaded, comm, checkpoint, dataset, first_user, users, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_mixer_create(&loaded->mixer, comm, dataset, &loaded->scoring, err));
    HR_TRY(hr_scorer_create(&loaded->scorer, comm, &loaded->ratings, loaded->block, &loaded->mlp,
                            loaded->weights, &loaded->mixer, err));
    if (users == 0)
        HR_TRY(hr_fold_in_users(comm, &loaded->data, &loaded->model, &loaded->ratings,
                                loaded->scorer.movie_row, loaded->block, err));
done:
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
