#include "trainer/explain/explain.h"

#include "io/base/memory.h"
#include "io/dataset/ids_file.h"
#include "trainer/explain/content_shares.h"
#include "trainer/explain/model_shares.h"
#include "trainer/explain/reasons.h"
#include "trainer/explain/score_scale.h"

#include <math.h>

/* What the explanations of one user have in common. */
typedef struct work {
    const hr_explainer *explainer;
    const hr_explained_user *user;
    int models;
    hr_model_shares model[HR_MIXTURE_MODELS];
    const hr_subject *subject; /* of the first model: the same movies as of the others */
    hr_score_scale scale;
    float *rating;                  /* [subject->count] as the dataset has them */
    double *share, *content, *tags; /* [subject->count] of one movie */
} work;

static void work_free(work *w)
{
    for (int i = 0; i < w->models; i++)
        hr_model_shares_free(&w->model[i]);
    hr_score_scale_free(&w->scale);
    free(w->rating);
    free(w->share);
    free(w->content);
    free(w->tags);
}

static hr_status work_create(work *w, const hr_explainer *e, const hr_explained_user *user, hr_error *err)
{
    hr_status status = HR_OK;
    hr_scorer scorer = e->loaded->scorer; /* its memory is the model's */
    w->explainer = e;
    w->user = user;
    w->subject = &w->model[0].subject;
    hr_scorer_set_users(&scorer, &user->block->ratings, user->block->row);
    while (w->models <= e->loaded->others) {
        const int number = w->models++;
        HR_TRY(hr_model_shares_create(&w->model[number], e, number, user, err));
    }
    HR_TRY(hr_score_scale_find(&w->scale, &scorer, w->subject, user->index, err));
    HR_ALLOC(w->rating, w->subject->count);
    HR_ALLOC(w->share, w->subject->count);
    HR_ALLOC(w->content, w->subject->count);
    HR_ALLOC(w->tags, w->subject->count);
    HR_TRY(hr_reasons_read_ratings(e->loaded->source.dataset, user, w->subject, w->rating, err));
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
        HR_TRY(hr_content_shares(&mixer->content, w->subject->movie, w->subject->count, x->movie,
                                 w->scale.content, w->content, w->tags, err));
    for (int64_t i = 0; i < w->subject->count; i++) {
        content += w->content[i];
        tags += w->tags[i];
        w->share[i] += w->content[i] + w->tags[i];
    }
    hr_explanation_add(x, "", "content", content);
    hr_explanation_add(x, "", "tags", tags);
    hr_explanation_add(x, "", "popularity", w->scale.popularity * (double)mixer->popularity[x->movie]);
    hr_explanation_add(x, "", "offset", w->scale.offset);
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
        hr_explanation_add(x, "", "rounding", rest);
    if (w->explainer->loaded->scoring.predicts_ratings && !w->explainer->loaded->scorer.mixer)
        x->score = fmin(fmax(score, train->lowest), train->highest);
    if (x->score != score)
        hr_explanation_add(x, "", "clip", x->score - score);
}

static hr_status explain(work *w, hr_explanation *x, hr_error *err)
{
    hr_status status = HR_OK;
    for (int64_t i = 0; i < w->subject->count; i++)
        w->share[i] = w->content[i] = w->tags[i] = 0.0;
    for (int m = 0; m < w->models; m++)
        HR_TRY(hr_model_shares_add(&w->model[m], w->scale.model[m], x, w->share, err));
    HR_TRY(add_mixture(w, x, err));
    add_rest(w, x);
    HR_TRY(hr_reasons_list(w->explainer, w->user, w->subject, w->share, w->rating, x, err));
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
        .power = hr_explained_is(&e->of[0].model, "lightgcn") ? e->loaded->model.user_power : 0.5,
        .train = &e->train,
        .user = user->user,
        .subject = w->subject,
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
