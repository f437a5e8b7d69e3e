#include "trainer/scoring/load_scorer.h"

#include "io/base/memory.h"
#include "io/comm/log.h"
#include "io/dataset/dataset_verify.h"
#include "partition/halo/blocks.h"
#include "trainer/loss/mlp_bounds.h"
#include "trainer/models/model.h"
#include "trainer/scoring/evaluated_ratings.h"

#include <float.h>
#include <math.h>
#include <string.h>

static hr_status load_mlp(hr_loaded *l, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t count = hr_mlp_weights(&l->mlp);
    hr_h5 *trained = l->source.checkpoint;
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

/* Scores are floats: of rows so large that one could be infinite there would be no order.
 *   largest  entry of users' rows */
static hr_status check_scores(const hr_loaded *l, double largest, hr_error *err)
{
    const double row = fmax(largest, l->largest_movie);
    const double score = l->mlp.layers > 0 ? hr_mlp_largest_score(&l->mlp, l->weights, row)
                                           : row * row * (double)l->mlp.columns;
    if (score < (double)FLT_MAX)
        return HR_OK;
    return hr_fail(err, HR_INPUT,
                   "%s: scores could be as large as %g, which is no 32-bit float; the file is damaged",
                   hr_h5_path(l->source.checkpoint), score);
}

/* Opens both files, and resolves what the checkpoint says of its run. Local. */
static hr_status open_files(hr_loaded *l, const char *checkpoint, const char *dataset, hr_error *err)
{
    hr_status status = HR_OK;
    hr_user_source *from = &l->source;
    json_t *run = NULL;
    hr_train_config config;
    HR_TRY(hr_checkpoint_open(&from->checkpoint, &from->summary, &run, checkpoint, err));
    HR_TRY(hr_dataset_open(&from->dataset, &l->data, dataset, err));
    HR_TRY(hr_checkpoint_match(from->checkpoint, &from->summary, l->data.fingerprint, l->data.users,
                               l->data.movies, err));
    const hr_graph_size size = {l->data.users, l->data.movies, l->data.splits[HR_TRAIN]};
    HR_TRY(hr_fail_in(err, hr_train_config_from_json(json_object_get(run, "options"), size, &config, err),
                      checkpoint));
    HR_TRY(hr_checkpoint_fits(from->checkpoint, &from->summary, config.model.table->name, config.model.dim,
                              err));
    l->scoring = config.scoring;
    l->model = config.model;
    l->mlp = config.loss.mlp;
    from->valid = config.scoring.valid;
    from->wants_values = config.scoring.predicts_ratings;
    HR_TRY(load_mlp(l, err));
done:
    json_decref(run);
    return status;
}

/* Output rows of this rank's block of movies. */
static hr_status read_movies(hr_loaded *l, const hr_row_block *block, float **row, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t count = block->movies * l->source.summary.dim;
    const hr_row_block movies = {.first_movie = block->first_movie, .movies = block->movies};
    HR_ALLOC(*row, count);
    HR_TRY(hr_checkpoint_read(l->source.checkpoint, &l->source.summary,
                              &(hr_checkpoint_rows){.name = "output", .block = *row}, &movies, err));
    l->largest_movie = largest_entry(*row, count);
done:
    return status;
}

hr_status hr_load_fold_in(hr_loaded *l, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_newcomer_source source = {.checkpoint = l->source.checkpoint,
                                       .dataset = l->source.dataset,
                                       .summary = &l->source.summary,
                                       .model = &l->model,
                                       .valid = l->scoring.valid,
                                       .movie_row = l->scorer.movie_row};
    if (!l->newcomers.fold_in.method)
        HR_TRY(hr_newcomer_model_read(&l->newcomers, &source, err));
    for (int i = 0; i < l->others; i++)
        HR_TRY(hr_load_fold_in(l->other[i], err));
done:
    return status;
}

/* What a model that scores by ratings scores with. Collective. */
static hr_status read_rating_scores(hr_loaded *l, const hr_comm *comm, hr_error *err)
{
    const hr_rating_scores *by_ratings = l->model.table->by_ratings;
    const hr_rating_source source = {.comm = comm,
                                     .config = &l->model,
                                     .checkpoint = l->source.checkpoint,
                                     .dataset = l->source.dataset,
                                     .summary = &l->source.summary,
                                     .valid = l->scoring.valid,
                                     .movie_row = l->scorer.movie_row};
    if (!by_ratings)
        return HR_OK;
    const hr_status status = by_ratings->read(&l->rating_scores, &source, err);
    hr_scorer_set_rating_scores(&l->scorer, by_ratings, l->rating_scores);
    return status;
}

/* Makes the scorer of one model, whose files are open. Collective. */
static hr_status make_scorer(hr_loaded *l, const hr_comm *comm, const hr_mixer *mixer, hr_error *err)
{
    float *movie_row = NULL;
    const hr_row_block block = hr_row_block_of(comm, l->data.users, l->data.movies);
    hr_status status = read_movies(l, &block, &movie_row, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_max_f64(comm, &l->largest_movie, 1, err));
    HR_TRY(check_scores(l, 0.0, err));
    HR_TRY(hr_scorer_create_of_movies(&l->scorer, comm, l->data.movies, movie_row, &l->mlp, l->weights, mixer,
                                      err));
    HR_TRY(read_rating_scores(l, comm, err));
done:
    free(movie_row);
    return status;
}

/* Refuses a model that does not mix with the first. */
static hr_status check_mixes(const hr_loaded *first, const hr_loaded *model, hr_error *err)
{
    const char *path = hr_h5_path(model->source.checkpoint), *name = model->model.table->name;
    if (model->scoring.predicts_ratings)
        return hr_fail(
            err, HR_USAGE,
            "%s: --model %s predicts ratings, and what is mixed is no rating; mix models of rankings", path,
            name);
    if (first->others > 0 && strcmp(name, "content") == 0)
        return hr_fail(err, HR_USAGE,
                       "%s: content has a share of every mixture, --mixture CONTENT/MODEL/POPULARITY/OTHER; "
                       "leave this checkpoint out",
                       path);
    if (model->scoring.valid != first->scoring.valid)
        return hr_fail(err, HR_USAGE,
                       "%s: was trained with --valid %g, and %s with --valid %g; one has seen what is held "
                       "out for the other: train both alike",
                       path, model->scoring.valid, hr_h5_path(first->source.checkpoint),
                       first->scoring.valid);
    return HR_OK;
}

/* What is mixed: as asked for, or in equal shares, or as the run has it. */
static hr_status resolve_mixture(hr_loaded *l, hr_error *err)
{
    static const char *const equal[HR_MIXTURE_MODELS] = {"", "1/1", "1/1/1", "1/1/1/1"};
    const char *asked = l->mixing.shares && *l->mixing.shares ? l->mixing.shares : equal[l->others];
    hr_status status = HR_OK;
    if (!*asked)
        return HR_OK;
    for (int i = 0; i <= l->others; i++)
        HR_TRY(check_mixes(l, hr_loaded_model(l, i), err));
    snprintf(l->scoring.mixture, sizeof l->scoring.mixture, "%s", asked);
done:
    return status;
}

/* Opens the files of all models, and resolves what is mixed. Local. */
static hr_status open_all(hr_loaded *l, const char *checkpoint, const char *dataset, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(open_files(l, checkpoint, dataset, err));
    for (; l->others < l->mixing.others; l->others++) {
        HR_ALLOC(l->other[l->others], 1);
        HR_TRY(open_files(l->other[l->others], l->mixing.other[l->others], dataset, err));
    }
    HR_TRY(resolve_mixture(l, err));
done:
    return status;
}

/* Says of other models that they are mixed otherwise than they were trained to be. */
static void say_left_out(const hr_loaded *l, const hr_comm *comm)
{
    for (int i = 0; i < l->others; i++)
        if (*l->other[i]->scoring.mixture)
            hr_log(comm, "%s: was trained with --mixture %s; its model is mixed here without it",
                   l->mixing.other[i], l->other[i]->scoring.mixture);
}

hr_status hr_load_model(hr_loaded *loaded, const hr_comm *comm, const char *checkpoint, const char *dataset,
                        hr_error *err)
{
    hr_status status = open_all(loaded, checkpoint, dataset, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_dataset_verify(comm, loaded->source.dataset, &loaded->data, err));
    say_left_out(loaded, comm);
    HR_TRY(hr_mixer_create(&loaded->mixer, comm, dataset, 1 + loaded->others, &loaded->scoring, err));
    HR_TRY(make_scorer(loaded, comm, &loaded->mixer, err));
    for (int i = 0; i < loaded->others; i++) {
        HR_TRY(make_scorer(loaded->other[i], comm, NULL, err));
        hr_scorer_add(&loaded->scorer, &loaded->other[i]->scorer);
    }
    if (loaded->data.splits[HR_KNOWN] > 0) {
        status = hr_load_fold_in(loaded, err);
        HR_TRY(hr_agree(comm, status, NULL, err));
    }
done:
    return status;
}

/* Rows of a block of users by one model. */
static hr_status read_rows(hr_loaded *l, int model, const hr_row_block *users, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_loaded *from = hr_loaded_model(l, model);
    HR_TRY(hr_user_rows_read(&l->user_row[model], &from->source, users->first_user, users->users, err));
    HR_TRY(hr_loaded_check_rows(from, l->user_row[model], users->users, err));
done:
    return status;
}

/* Rows and ratings of a block of users. */
static hr_status read_users(hr_loaded *l, const hr_row_block *users, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_user_source *from = &l->source;
    for (int i = 0; i <= l->others; i++)
        HR_TRY(read_rows(l, i, users, err));
    const hr_user_sample sample = hr_user_sample_of(l->sample_users, l->data.users, l->sample_seed);
    HR_TRY(hr_evaluated_ratings_read(from->dataset, users, from->valid, from->wants_values, &sample, false,
                                     &l->ratings, &l->train, err));
done:
    return status;
}

/* Computes the rows of those who are folded in, by each model. Local. */
static hr_status fold_in(const hr_loaded *l, const hr_ratings *ratings, float *const *row, hr_error *err)
{
    hr_status status = HR_OK;
    for (int i = 0; i <= l->others; i++) {
        const hr_fold_in *by = &hr_loaded_model(l, i)->newcomers.fold_in;
        if (by->method)
            HR_TRY(hr_fold_in_block(by, ratings, row[i], err));
    }
done:
    return status;
}

hr_status hr_load_scorer(hr_loaded *loaded, const hr_comm *comm, const char *checkpoint, const char *dataset,
                         hr_error *err)
{
    hr_status status = hr_load_model(loaded, comm, checkpoint, dataset, err);
    HR_TRY(status);
    const hr_row_block all = hr_row_block_of(comm, loaded->data.users, loaded->data.movies);
    status = read_users(loaded, &(hr_row_block){.first_user = all.first_user, .users = all.users}, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_train_figures_finish(&loaded->train, comm, err));
    status = fold_in(loaded, &loaded->ratings, loaded->user_row, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    hr_scorer_set_users(&loaded->scorer, &loaded->ratings, loaded->user_row);
done:
    return status;
}

hr_status hr_load_users(hr_user_block *block, const hr_loaded *loaded, const int64_t *user, int64_t users,
                        hr_error *err)
{
    hr_status status = HR_OK;
    const hr_user_source *source[HR_MIXTURE_MODELS];
    for (int i = 0; i <= loaded->others; i++)
        source[i] = &hr_loaded_model(loaded, i)->source;
    HR_TRY(hr_user_block_read(block, source, 1 + loaded->others, user, users, err));
    HR_TRY(fold_in(loaded, &block->ratings, block->row, err));
    for (int i = 0; i <= loaded->others; i++)
        HR_TRY(hr_loaded_check_rows(hr_loaded_model(loaded, i), block->row[i], users, err));
done:
    return status;
}

hr_status hr_loaded_check_rows(const hr_loaded *loaded, const float *row, int64_t users, hr_error *err)
{
    return check_scores(loaded, largest_entry(row, users * loaded->model.dim), err);
}

void hr_loaded_free(hr_loaded *loaded)
{
    for (int i = 0; i < HR_MIXTURE_MODELS - 1; i++)
        if (loaded->other[i]) {
            hr_loaded_free(loaded->other[i]);
            free(loaded->other[i]);
        }
    if (loaded->rating_scores)
        loaded->model.table->by_ratings->destroy(loaded->rating_scores);
    hr_scorer_free(&loaded->scorer);
    hr_ratings_free(&loaded->ratings);
    hr_train_figures_free(&loaded->train);
    for (int i = 0; i < HR_MIXTURE_MODELS; i++)
        free(loaded->user_row[i]);
    free(loaded->weights);
    hr_mixer_free(&loaded->mixer);
    hr_h5_close(loaded->source.checkpoint);
    hr_h5_close(loaded->source.dataset);
    hr_newcomer_model_free(&loaded->newcomers);
    *loaded = (hr_loaded){0};
}
