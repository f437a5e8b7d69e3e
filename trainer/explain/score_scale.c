#include "trainer/explain/score_scale.h"

#include "io/base/memory.h"

#include <math.h>

/* Scores of all movies by a scorer. */
static hr_status score_movies(const hr_scorer *scorer, int64_t index, int64_t movies, float *score,
                              hr_error *err)
{
    hr_status status = HR_OK;
    hr_score_workspace workspace = {0};
    HR_TRY(hr_score_workspace_create(&workspace, scorer, err));
    hr_score_load_users(scorer, &workspace, &index, 1);
    hr_score_movies(scorer, &workspace, 0, movies, movies, score);
done:
    hr_score_workspace_free(&workspace);
    return status;
}

/* Cosines of all movies with the user's. */
static hr_status score_content(const hr_content *content, const hr_subject *subject, float *score,
                               hr_error *err)
{
    hr_status status = HR_OK;
    hr_content_workspace workspace = {0};
    HR_TRY(hr_content_workspace_create(&workspace, content, err));
    hr_content_load_user(content, &workspace, 0, subject->movie, subject->count);
    hr_content_score(content, &workspace, 1, score);
done:
    hr_content_workspace_free(&workspace);
    return status;
}

/* Adds a share of scores that are moved and stretched to [0, 1]: returns the factor of a score. */
static double stretch(const float *score, int64_t movies, double share, double *offset)
{
    float lowest = INFINITY, highest = -INFINITY;
    for (int64_t m = 0; m < movies; m++) {
        lowest = fminf(lowest, score[m]);
        highest = fmaxf(highest, score[m]);
    }
    const double factor = highest > lowest ? share / ((double)highest - (double)lowest) : 0.0;
    *offset -= factor * (double)lowest;
    return factor;
}

/* The scorer of model number `model` alone, of the same users. */
static hr_scorer model_alone(const hr_scorer *scorer, int model)
{
    hr_scorer alone = model == 0 ? *scorer : *scorer->other[model - 1];
    alone.mixer = NULL;
    alone.others = 0;
    alone.ratings = scorer->ratings;
    alone.user_row[0] = scorer->user_row[model];
    return alone;
}

/* Whether the model has learned anything of the user. */
static bool is_known(const hr_scorer *alone, int64_t index, int64_t ratings)
{
    const float *row = alone->user_row[0] + index * alone->dim;
    bool has = alone->by_ratings != NULL;
    for (int64_t c = 0; !has && c < alone->dim; c++)
        has = row[c] != 0.0F;
    return has && ratings > 0;
}

/* How a mixture scales what it is of. */
static hr_status find_factors(hr_score_scale *scale, const hr_scorer *scorer, const hr_subject *subject,
                              int64_t index, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_mixer *mixer = scorer->mixer;
    const int models = mixer->mixture.models;
    const int64_t movies = scorer->movies;
    hr_scorer alone[HR_MIXTURE_MODELS];
    bool known[HR_MIXTURE_MODELS] = {false};
    float *part = NULL;
    for (int i = 0; i < models; i++) {
        alone[i] = model_alone(scorer, i);
        known[i] = is_known(&alone[i], index, subject->count);
    }
    const hr_mixture_band band = hr_mixture_of(&mixer->mixture, subject->count, known);
    for (int i = 0; i < models; i++)
        scale->model[i] = band.model[i];
    if (hr_mixture_alone(&band, models) >= 0)
        return HR_OK;
    HR_ALLOC(part, movies);
    for (int i = 0; i < models; i++) {
        HR_TRY(score_movies(&alone[i], index, movies, part, err));
        scale->model[i] = stretch(part, movies, band.model[i], &scale->offset);
    }
    if (mixer->uses_content) {
        HR_TRY(score_content(&mixer->content, subject, part, err));
        scale->content = stretch(part, movies, band.content, &scale->offset);
    }
    scale->popularity = band.popularity;
done:
    free(part);
    return status;
}

hr_status hr_score_scale_find(hr_score_scale *scale, const hr_scorer *scorer, const hr_subject *subject,
                              int64_t index, hr_error *err)
{
    hr_status status = HR_OK;
    *scale = (hr_score_scale){.model = {1.0}};
    HR_ALLOC(scale->score, scorer->movies);
    HR_TRY(score_movies(scorer, index, scorer->movies, scale->score, err));
    if (scorer->mixer)
        HR_TRY(find_factors(scale, scorer, subject, index, err));
done:
    return status;
}

void hr_score_scale_free(hr_score_scale *scale)
{
    free(scale->score);
    *scale = (hr_score_scale){0};
}
