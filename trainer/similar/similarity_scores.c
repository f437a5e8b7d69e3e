#include "trainer/similar/similarity_scores.h"

#include "io/base/memory.h"
#include "trainer/kernels/scores.h"
#include "trainer/models/model.h"

#include <math.h>
#include <string.h>

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

static hr_status by_embedding(const hr_loaded *l, int64_t movie, float *score, hr_error *err)
{
    const int64_t dim = l->model.dim, first = bias_columns(&l->model), columns = dim - first;
    const float *rows = l->scorer.movie_row + first, *row = rows + movie * dim;
    const double length = length_of(row, columns);
    if (dim < 2)
        return hr_fail(err, HR_USAGE, "--by: --model %s has no embedding of movies; give --by content",
                       l->model.table->name);
    for (int64_t m = 0; m < l->data.movies; m++) {
        const double both = length * length_of(rows + m * dim, columns);
        score[m] = both > 0.0 ? (float)((double)hr_dot(row, rows + m * dim, columns) / both) : 0.0F;
    }
    return HR_OK;
}

static hr_status by_content(const hr_loaded *l, const char *path, int64_t movie, float *score, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    hr_dataset_summary data;
    hr_content content = {0};
    hr_content_workspace workspace = {0};
    const int32_t profile = (int32_t)movie;
    HR_TRY(hr_dataset_open(&file, &data, path, err));
    HR_TRY(hr_content_read(&content, file, &l->scoring, err));
    HR_TRY(hr_content_workspace_create(&workspace, &content, err));
    hr_content_load_user(&content, &workspace, 0, &profile, 1);
    hr_content_score(&content, &workspace, 1, score);
done:
    hr_content_workspace_free(&workspace);
    hr_content_free(&content);
    hr_h5_close(file);
    return status;
}

/* By both: from content's, in `score`, and the embedding's. */
static hr_status mix(const hr_loaded *l, int64_t movie, float *score, hr_error *err)
{
    hr_status status = HR_OK;
    float *embedding = NULL;
    const int64_t movies = l->data.movies;
    HR_ALLOC(embedding, movies);
    HR_TRY(by_embedding(l, movie, embedding, err));
    for (int64_t m = 0; m < movies; m++)
        score[m] = 0.5F * (score[m] + embedding[m]);
done:
    free(embedding);
    return status;
}

hr_status hr_similarity_scores(const hr_loaded *loaded, const char *path, hr_similar_by by, int64_t movie,
                               float *score, hr_error *err)
{
    hr_status status = HR_OK;
    if (by == HR_BY_EMBEDDING)
        HR_TRY(by_embedding(loaded, movie, score, err));
    else
        HR_TRY(by_content(loaded, path, movie, score, err));
    if (by == HR_BY_BOTH)
        HR_TRY(mix(loaded, movie, score, err));
    score[movie] = NAN;
done:
    return status;
}
