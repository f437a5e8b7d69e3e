#include "trainer/explain/model_shares.h"

#include "io/base/memory.h"
#include "trainer/carriers/user_carriers.h"

/* What takes the place of a newcomer's parameters (trainer/fold_in/user_map.h); zeros where nothing does. */
static hr_status map_parameter(const hr_user_map *map, const hr_subject *subject, float *row, hr_error *err)
{
    hr_status status = HR_OK;
    double *feature = NULL;
    const hr_known_ratings known = {subject->movie, subject->value, subject->count};
    if (!map)
        return HR_OK;
    HR_ALLOC(feature, map->features);
    hr_user_map_features(map, &known, feature);
    hr_user_map_apply(map, feature, row);
done:
    free(feature);
    return status;
}

/* The user's row that the output was made of. */
static hr_status read_parameter(const hr_model_shares *s, const hr_explained_user *user, float *row,
                                hr_error *err)
{
    const hr_user_source *source = &s->loaded->source;
    const hr_row_block block = {.first_user = user->user, .users = 1};
    const hr_checkpoint_rows rows = {source->summary.source, row};
    if (!hr_carriers_read_parameter(&s->explained->model))
        return HR_OK;
    if (user->user < 0 || s->subject.is_unseen)
        return map_parameter(s->loaded->newcomers.fold_in.map, &s->subject, row, err);
    return hr_checkpoint_read(source->checkpoint, &source->summary, &rows, &block, err);
}

static hr_status find_carriers(hr_model_shares *s, const hr_explained_user *user, hr_error *err)
{
    hr_status status = HR_OK;
    float *parameter = NULL;
    const hr_explained_model *model = &s->explained->model;
    if (!hr_carriers_exist(model))
        return HR_OK;
    HR_ALLOC(parameter, model->config->dim);
    HR_TRY(read_parameter(s, user, parameter, err));
    HR_TRY(hr_carriers_find(&s->carriers, model, &s->subject, parameter, err));
    HR_TRY(hr_row_score_create(&s->row_score, model, s->carriers.normalised, err));
done:
    free(parameter);
    return status;
}

/* What shares of a model that scores by ratings take. */
static hr_status prepare_rating_shares(hr_model_shares *s, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_scorer *scorer = &s->loaded->scorer;
    if (!scorer->by_ratings)
        return HR_OK;
    HR_TRY(scorer->by_ratings->workspace_create(&s->of_ratings, scorer->rating_scores, err));
    HR_ALLOC(s->every_share, scorer->movies);
done:
    return status;
}

hr_status hr_model_shares_create(hr_model_shares *shares, const hr_explainer *explainer, int number,
                                 const hr_explained_user *user, hr_error *err)
{
    hr_status status = HR_OK;
    hr_model_shares *s = shares;
    s->explained = &explainer->of[number];
    s->loaded = hr_loaded_model(explainer->loaded, number);
    HR_TRY(hr_subject_create(&s->subject, &s->explained->model, user->block, user->index, err));
    HR_TRY(find_carriers(s, user, err));
    HR_TRY(prepare_rating_shares(s, err));
    HR_ALLOC(s->share, s->subject.count);
done:
    return status;
}

void hr_model_shares_free(hr_model_shares *shares)
{
    hr_subject_free(&shares->subject);
    hr_carriers_free(&shares->carriers);
    hr_row_score_free(&shares->row_score);
    free(shares->share);
    if (shares->of_ratings)
        shares->loaded->scorer.by_ratings->workspace_destroy(shares->of_ratings);
    free(shares->every_share);
}

static void add_part(const hr_model_shares *s, hr_explanation *x, const char *name, double value)
{
    hr_explanation_add(x, s->explained->label, name, value);
}

/* Biases and the mean, of a model that has them in columns. */
static void add_biases(const hr_model_shares *s, hr_explanation *x, double factor)
{
    const hr_explained_model *model = &s->explained->model;
    const float *movie = model->movie_row + x->movie * model->config->dim;
    if (!hr_explained_has_biases(model))
        return;
    if (model->config->predicts_ratings)
        add_part(s, x, "mean", factor * model->mean_rating);
    add_part(s, x, "user_bias", factor * ((double)s->subject.row[1] - model->mean_rating));
    add_part(s, x, "movie_bias", factor * (double)movie[0]);
}

/* Adds the shares of one movie, and their sum as a part. */
static void add_shares(hr_model_shares *s, double factor, hr_explanation *x, double *share)
{
    double sum = 0.0;
    for (int64_t i = 0; i < s->subject.count; i++) {
        sum += factor * s->share[i];
        share[i] += factor * s->share[i];
    }
    add_part(s, x, "collaborative", sum);
}

/* The score of a model that scores by ratings is the sum of their shares. */
static void find_rating_shares(hr_model_shares *s, int64_t movie)
{
    const hr_scorer *scorer = &s->loaded->scorer;
    scorer->by_ratings->shares(scorer->rating_scores, s->of_ratings, movie, s->every_share);
    for (int64_t i = 0; i < s->subject.count; i++)
        s->share[i] = (double)s->every_share[s->subject.movie[i]];
}

/* A score that does not depend on the user. */
static void add_movie_score(const hr_model_shares *s, double factor, hr_explanation *x)
{
    const hr_explained_model *model = &s->explained->model;
    const double score = (double)(s->subject.row[0] * model->movie_row[x->movie * model->config->dim]);
    if (!hr_explained_is(model, "content"))
        add_part(s, x, hr_explained_is(model, "popular") ? "popularity" : "rating", factor * score);
}

hr_status hr_model_shares_add(hr_model_shares *shares, double factor, hr_explanation *explanation,
                              double *share, hr_error *err)
{
    hr_status status = HR_OK;
    hr_model_shares *s = shares;
    double baseline = 0.0;
    if (s->loaded->scorer.by_ratings) {
        find_rating_shares(s, explanation->movie);
        add_shares(s, factor, explanation, share);
        return HR_OK;
    }
    if (!hr_carriers_exist(&s->explained->model)) {
        add_movie_score(s, factor, explanation);
        return HR_OK;
    }
    HR_TRY(
        hr_integrated_gradients(&s->row_score, &s->carriers, explanation->movie, s->share, &baseline, err));
    add_shares(s, factor, explanation, share);
    add_part(s, explanation, s->carriers.own_name, factor * baseline);
    add_biases(s, explanation, factor);
done:
    return status;
}
