#include "trainer/explain/explain.h"

#include "io/base/memory.h"
#include "io/dataset/ids_file.h"
#include "trainer/carriers/integrated_gradients.h"
#include "trainer/carriers/user_carriers.h"
#include "trainer/explain/content_shares.h"
#include "trainer/explain/reasons.h"
#include "trainer/explain/score_scale.h"

#include <math.h>

/* What the explanations of one user have in common. */
typedef struct work {
    const hr_explainer *explainer;
    int64_t most;     /* reasons with what they have in common with the movie; 0: all */
    hr_scorer scorer; /* the model's, of the user: its memory is the model's */
    hr_subject subject;
    hr_carriers carriers;
    hr_row_score row_score;
    hr_score_scale scale;
    float *rating;                  /* [subject.count] as the dataset has them */
    double *share, *content, *tags; /* [subject.count] of one movie */
    void *of_ratings;               /* of a model that scores by ratings, and so is the next */
    float *every_share;             /* [movies] */
} work;

static void work_free(work *w)
{
    hr_subject_free(&w->subject);
    hr_carriers_free(&w->carriers);
    hr_row_score_free(&w->row_score);
    hr_score_scale_free(&w->scale);
    free(w->rating);
    free(w->share);
    free(w->content);
    free(w->tags);
    if (w->of_ratings)
        w->scorer.by_ratings->workspace_destroy(w->of_ratings);
    free(w->every_share);
}

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
static hr_status read_parameter(const hr_explainer *e, const hr_explained_user *user,
                                const hr_subject *subject, float *row, hr_error *err)
{
    const hr_user_source *source = &e->loaded->source;
    const hr_row_block block = {.first_user = user->user, .users = 1};
    const hr_checkpoint_rows rows = {source->summary.source, row};
    if (!hr_carriers_read_parameter(&e->model))
        return HR_OK;
    if (user->user < 0 || subject->is_unseen)
        return map_parameter(e->loaded->newcomers.fold_in.map, subject, row, err);
    return hr_checkpoint_read(source->checkpoint, &source->summary, &rows, &block, err);
}

static hr_status find_carriers(work *w, const hr_explained_user *user, hr_error *err)
{
    hr_status status = HR_OK;
    float *parameter = NULL;
    const hr_explained_model *model = &w->explainer->model;
    if (!hr_carriers_exist(model))
        return HR_OK;
    HR_ALLOC(parameter, model->config->dim);
    HR_TRY(read_parameter(w->explainer, user, &w->subject, parameter, err));
    HR_TRY(hr_carriers_find(&w->carriers, model, &w->subject, parameter, err));
    HR_TRY(hr_row_score_create(&w->row_score, model, w->carriers.normalised, err));
done:
    free(parameter);
    return status;
}

/* What shares of a model that scores by ratings take. */
static hr_status prepare_rating_shares(work *w, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_scorer *scorer = &w->scorer;
    if (!scorer->by_ratings)
        return HR_OK;
    HR_TRY(scorer->by_ratings->workspace_create(&w->of_ratings, scorer->rating_scores, err));
    HR_ALLOC(w->every_share, scorer->movies);
done:
    return status;
}

static hr_status work_create(work *w, const hr_explainer *e, const hr_explained_user *user, hr_error *err)
{
    hr_status status = HR_OK;
    w->explainer = e;
    w->most = user->most;
    w->scorer = e->loaded->scorer;
    hr_scorer_set_users(&w->scorer, &user->block->ratings, user->block->row);
    HR_TRY(hr_subject_create(&w->subject, &e->model, user->block, user->index, err));
    HR_TRY(find_carriers(w, user, err));
    HR_TRY(prepare_rating_shares(w, err));
    HR_TRY(hr_score_scale_find(&w->scale, &w->scorer, &w->subject, user->index, err));
    HR_ALLOC(w->rating, w->subject.count);
    HR_ALLOC(w->share, w->subject.count);
    HR_ALLOC(w->content, w->subject.count);
    HR_ALLOC(w->tags, w->subject.count);
    HR_TRY(hr_reasons_read_ratings(e->loaded->source.dataset, user, &w->subject, w->rating, err));
done:
    return status;
}

/* Biases and the mean, of a model that has them in columns. */
static void add_biases(const work *w, hr_explanation *x, double factor)
{
    const hr_explained_model *model = &w->explainer->model;
    const float *movie = model->movie_row + x->movie * model->config->dim;
    if (!hr_explained_has_biases(model))
        return;
    if (model->config->predicts_ratings)
        hr_explanation_add(x, "mean", factor * model->mean_rating);
    hr_explanation_add(x, "user_bias", factor * ((double)w->subject.row[1] - model->mean_rating));
    hr_explanation_add(x, "movie_bias", factor * (double)movie[0]);
}

/* The score of a model that scores by ratings is the sum of their shares. */
static void add_rating_shares(work *w, hr_explanation *x)
{
    double sum = 0.0;
    w->scorer.by_ratings->shares(w->scorer.rating_scores, w->of_ratings, x->movie, w->every_share);
    for (int64_t i = 0; i < w->subject.count; i++)
        sum += w->share[i] = w->scale.collaborative * (double)w->every_share[w->subject.movie[i]];
    hr_explanation_add(x, "collaborative", sum);
}

/* What the model's own score is of. */
static hr_status add_model(work *w, hr_explanation *x, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_explained_model *model = &w->explainer->model;
    const double factor = w->scale.collaborative;
    double baseline = 0.0, sum = 0.0;
    if (w->scorer.by_ratings) {
        add_rating_shares(w, x);
        return HR_OK;
    }
    if (!hr_carriers_exist(model)) {
        const double score = (double)(w->subject.row[0] * model->movie_row[x->movie * model->config->dim]);
        if (!hr_explained_is(model, "content"))
            hr_explanation_add(x, hr_explained_is(model, "popular") ? "popularity" : "rating",
                               factor * score);
        return HR_OK;
    }
    HR_TRY(hr_integrated_gradients(&w->row_score, &w->carriers, x->movie, w->share, &baseline, err));
    for (int64_t i = 0; i < w->subject.count; i++)
        sum += w->share[i] *= factor;
    hr_explanation_add(x, "collaborative", sum);
    hr_explanation_add(x, w->carriers.own_name, factor * baseline);
    add_biases(w, x, factor);
done:
    return status;
}

/* What a mixture adds to it. */
static hr_status add_mixture(work *w, hr_explanation *x, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_mixer *mixer = w->explainer->loaded->scorer.mixer;
    double content = 0.0, tags = 0.0;
    if (!mixer)
        return HR_OK;
    if (mixer->uses_content)
        HR_TRY(hr_content_shares(&mixer->content, w->subject.movie, w->subject.count, x->movie,
                                 w->scale.content, w->content, w->tags, err));
    for (int64_t i = 0; i < w->subject.count; i++) {
        content += w->content[i];
        tags += w->tags[i];
        w->share[i] += w->content[i] + w->tags[i];
    }
    hr_explanation_add(x, "content", content);
    hr_explanation_add(x, "tags", tags);
    hr_explanation_add(x, "popularity", w->scale.popularity * (double)mixer->popularity[x->movie]);
    hr_explanation_add(x, "offset", w->scale.offset);
done:
    return status;
}

/* The score, and what is left of it: a cut to the range of ratings, and what single precision rounds. */
static void add_rest(const work *w, hr_explanation *x)
{
    const hr_train_figures *train = &w->explainer->train;
    const double score = (double)w->scale.score[x->movie];
    double rest = score;
    for (int i = 0; i < x->parts; i++)
        rest -= x->part[i].value;
    x->score = score;
    if (fabs(rest) > 1e-6 * fmax(1.0, fabs(score)))
        hr_explanation_add(x, "rounding", rest);
    if (w->explainer->loaded->scoring.predicts_ratings && !w->explainer->loaded->scorer.mixer)
        x->score = fmin(fmax(score, train->lowest), train->highest);
    if (x->score != score)
        hr_explanation_add(x, "clip", x->score - score);
}

static hr_status explain(work *w, hr_explanation *x, hr_error *err)
{
    hr_status status = HR_OK;
    for (int64_t i = 0; i < w->subject.count; i++)
        w->share[i] = w->content[i] = w->tags[i] = 0.0;
    HR_TRY(add_model(w, x, err));
    HR_TRY(add_mixture(w, x, err));
    add_rest(w, x);
    HR_TRY(hr_reasons_list(w->explainer, &w->subject, w->share, w->rating, w->most, x, err));
done:
    return status;
}

/* The paths to all movies, found together. */
static hr_status add_paths(const work *w, const hr_explained_user *user, const int32_t *movie, int64_t count,
                           hr_explanation *list, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_explainer *e = w->explainer;
    hr_paths *paths = NULL;
    const hr_path_search search = {
        .dataset = e->loaded->source.dataset,
        .pass = &e->pass,
        .users = e->loaded->data.users,
        .valid = e->loaded->scoring.valid,
        .power = hr_explained_is(&e->model, "lightgcn") ? e->loaded->model.user_power : 0.5,
        .train = &e->train,
        .user = user->user,
        .subject = &w->subject,
        .movie = movie,
        .count = count};
    HR_ALLOC(paths, count);
    HR_TRY(hr_paths_find(&search, paths, err));
    for (int64_t i = 0; i < count; i++) {
        list[i].paths = paths[i];
        for (int p = 0; p < paths[i].kept; p++)
            HR_TRY(
                hr_ids_read_one(search.dataset, "user/id", paths[i].best[p].user, &list[i].path_user, err));
    }
done:
    free(paths);
    return status;
}

hr_status hr_explain(const hr_explainer *explainer, const hr_explained_user *user, const int32_t *movie,
                     int64_t count, hr_explanation *list, hr_error *err)
{
    hr_status status = HR_OK;
    work w = {0};
    HR_TRY(work_create(&w, explainer, user, err));
    for (int64_t i = 0; i < count; i++) {
        list[i].movie = movie[i];
        HR_TRY(explain(&w, &list[i], err));
    }
    HR_TRY(add_paths(&w, user, movie, count, list, err));
done:
    work_free(&w);
    return status;
}
