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

static bool is_known(const hr_scorer *scorer, const hr_subject *subject)
{
    bool has = scorer->by_ratings != NULL;
    for (int64_t c = 0; !has && c < scorer->dim; c++)
        has = subject->row[c] != 0.0F;
    return has && subject->count > 0;
}

hr_status hr_score_scale_find(hr_score_scale *scale, const hr_scorer *scorer, const hr_subject *subject,
                              int64_t index, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t movies = scorer->ratings->movies;
    hr_scorer alone = *scorer;
    float *part = NULL;
    *scale = (hr_score_scale){.collaborative = 1.0};
    alone.mixer = NULL;
    HR_ALLOC(scale->score, movies);
    HR_TRY(score_movies(scorer, index, movies, scale->score, err));
    if (!scorer->mixer)
        return HR_OK;
    const hr_mixture_band band =
        hr_mixture_of(&scorer->mixer->mixture, subject->count, is_known(scorer, subject));
    HR_ALLOC(part, movies);
    HR_TRY(score_movies(&alone, index, movies, part, err));
    scale->collaborative = stretch(part, movies, band.collaborative, &scale->offset);
    if (scorer->mixer->uses_content) {
        HR_TRY(score_content(&scorer->mixer->content, subject, part, err));
        scale->content = stretch(part, movies, band.content, &scale->offset);
    }
    scale->popularity = band.popularity;
done:
    free(part);
    return status;
}

void hr_score_scale_free(hr_score_scale *scale)
{
    free(scale->score);
    *scale = (hr_score_scale){0};
}
