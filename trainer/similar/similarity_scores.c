#include "trainer/similar/similarity_scores.h"

#include "io/base/memory.h"
#include "trainer/kernels/scores.h"
#include "trainer/models/model.h"

#include <math.h>
#include <string.h>

const char *const hr_similar_ways[] = {"embedding", "content", "both", NULL};

/* Columns that biases take at the start of a row. */
static int64_t bias_columns(const hr_model_config *model)
{
    static const char *const biased[] = {"mf", "als", "sage", "gat", "gatv2"};
    bool has = false;
    for (size_t i = 0; i < sizeof biased / sizeof *biased; i++)
        has |= strcmp(biased[i], model->table->name) == 0;
    if (strcmp(model->table->name, "als") == 0)
        has = model->has_biases;
    return has && !model->has_mlp ? 2 : 0;
}

static double length_of(const float *row, int64_t columns)
{
    return sqrt((double)hr_dot(row, row, columns));
}

static bool has_embedding(const hr_loaded *l)
{
    return l->model.dim >= 2;
}

static hr_status by_embedding(const hr_loaded *l, int64_t movie, float *score, hr_error *err)
{
    const int64_t dim = l->model.dim, first = bias_columns(&l->model), columns = dim - first;
    const float *rows = l->scorer.movie_row + first, *row = rows + movie * dim;
    const double length = length_of(row, columns);
    if (!has_embedding(l))
        return hr_fail(err, HR_USAGE, "--by: --model %s has no embedding of movies; give --by content",
                       l->model.table->name);
    for (int64_t m = 0; m < l->data.movies; m++) {
        const double both = length * length_of(rows + m * dim, columns);
        score[m] = both > 0.0 ? (float)((double)hr_dot(row, rows + m * dim, columns) / both) : 0.0F;
    }
    return HR_OK;
}

/* By the weights of a model that scores by ratings. */
static hr_status by_weights(const hr_loaded *l, const hr_rating_scores *by_ratings, int64_t movie,
                            float *score, hr_error *err)
{
    void *workspace = NULL;
    const hr_status status = by_ratings->workspace_create(&workspace, l->rating_scores, err);
    if (status == HR_OK)
        by_ratings->similar(l->rating_scores, workspace, movie, score);
    by_ratings->workspace_destroy(workspace);
    return status;
}

static bool has_weights(const hr_loaded *l)
{
    return l->model.table->by_ratings && l->model.table->by_ratings->similar;
}

static hr_status by_model(const hr_loaded *l, int64_t movie, float *score, hr_error *err)
{
    return has_weights(l) ? by_weights(l, l->model.table->by_ratings, movie, score, err)
                          : by_embedding(l, movie, score, err);
}

/* What the model's similarities are divided by to be as large as cosines: weights by the largest of them. */
static float scale_of(const hr_loaded *l, const float *score)
{
    float most = 0.0F;
    if (!has_weights(l))
        return 1.0F;
    for (int64_t m = 0; m < l->data.movies; m++)
        most = score[m] > most ? score[m] : most;
    return most > 0.0F ? most : 1.0F;
}

static hr_status by_content(const hr_movie_comparer *c, int64_t movie, float *score, hr_error *err)
{
    hr_status status = HR_OK;
    hr_content_workspace workspace = {0};
    const int32_t profile = (int32_t)movie;
    if (!c->content)
        HR_TRY(hr_fail(err, HR_INPUT, "%s", c->why.text));
    HR_TRY(hr_content_workspace_create(&workspace, c->content, err));
    hr_content_load_user(c->content, &workspace, 0, &profile, 1);
    hr_content_score(c->content, &workspace, 1, score);
done:
    hr_content_workspace_free(&workspace);
    return status;
}

/* By both: from content's, in `score`, and the model's. */
static hr_status mix(const hr_loaded *l, int64_t movie, float *score, hr_error *err)
{
    hr_status status = HR_OK;
    float *other = NULL;
    const int64_t movies = l->data.movies;
    HR_ALLOC(other, movies);
    HR_TRY(by_model(l, movie, other, err));
    const float scale = scale_of(l, other);
    for (int64_t m = 0; m < movies; m++)
        score[m] = 0.5F * (score[m] + other[m] / scale);
done:
    free(other);
    return status;
}

hr_status hr_similarity_scores(const hr_movie_comparer *comparer, hr_similar_by by, int64_t movie,
                               float *score, hr_error *err)
{
    hr_status status = HR_OK;
    if (by == HR_BY_EMBEDDING)
        HR_TRY(by_model(comparer->loaded, movie, score, err));
    else
        HR_TRY(by_content(comparer, movie, score, err));
    if (by == HR_BY_BOTH)
        HR_TRY(mix(comparer->loaded, movie, score, err));
    score[movie] = NAN;
done:
    return status;
}

/* That there is no content is told when it is asked for. */
static hr_status read_content(hr_movie_comparer *c, hr_error *err)
{
    hr_h5 *dataset = c->loaded->source.dataset;
    const hr_status status = hr_content_read(&c->own, dataset, &c->loaded->scoring, err);
    if (status == HR_OK)
        c->content = &c->own;
    if (status != HR_INPUT)
        return status;
    c->why = *err;
    if (c->own.text.ptr && c->own.text.ptr[c->own.text.movies] == 0)
        hr_fail(&c->why, HR_INPUT,
                "%s: says nothing of movies that they could be compared by (no title, genre or tag that two "
                "share); give --by embedding",
                hr_h5_path(dataset));
    hr_content_free(&c->own);
    *err = (hr_error){0};
    return HR_OK;
}

hr_status hr_movie_comparer_create(hr_movie_comparer *comparer, const hr_loaded *loaded, bool with_content,
                                   hr_error *err)
{
    *comparer = (hr_movie_comparer){.loaded = loaded};
    if (loaded->mixer.uses_content)
        comparer->content = &loaded->mixer.content;
    return with_content && !comparer->content ? read_content(comparer, err) : HR_OK;
}

hr_similar_by hr_movie_comparer_best(const hr_movie_comparer *comparer)
{
    if (!has_embedding(comparer->loaded) && !has_weights(comparer->loaded))
        return HR_BY_CONTENT;
    return comparer->content ? HR_BY_BOTH : HR_BY_EMBEDDING;
}

void hr_movie_comparer_free(hr_movie_comparer *comparer)
{
    hr_content_free(&comparer->own);
    *comparer = (hr_movie_comparer){0};
}
