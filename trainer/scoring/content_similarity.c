#include "trainer/scoring/content_similarity.h"

#include "io/base/memory.h"
#include "io/dataset/ids_file.h"
#include "io/features/item_features.h"
#include "trainer/kernels/scores.h"

#include <math.h>
#include <string.h>

static void scale_to_one(float *values, int64_t count)
{
    const float length = sqrtf(hr_dot(values, values, count));
    for (int64_t i = 0; length > 0.0F && i < count; i++)
        values[i] /= length;
}

/* Keeps the terms of tags alone. */
static void keep_tags(hr_text *text)
{
    int64_t kept = 0;
    for (int64_t m = 0; m < text->movies; m++) {
        const int64_t first = kept, from = m > 0 ? text->ptr[m] : 0;
        const int64_t end = text->ptr[m + 1];
        text->ptr[m] = first;
        for (int64_t i = from; i < end; i++)
            if (text->kind[text->term[i]] == HR_TERM_TAG) {
                text->term[kept] = text->term[i];
                text->weight[kept++] = text->weight[i];
            }
        scale_to_one(text->weight + first, kept - first);
    }
    text->ptr[text->movies] = kept;
}

static hr_status read_features(hr_content *content, hr_h5 *dataset, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t movies = content->text.movies;
    hr_ids id = {0};
    HR_TRY(hr_ids_read(dataset, "movie/id", 0, movies, &id, err));
    HR_TRY(hr_item_features_read(path, &id, &content->features, &content->columns, err));
    for (int64_t m = 0; m < movies; m++)
        scale_to_one(content->features + m * content->columns, content->columns);
    HR_TRY(hr_interleaved_rows_create(&content->interleaved, movies, content->columns, HR_SUM_PLAIN, err));
    hr_interleaved_rows_fill(&content->interleaved, content->features, movies);
done:
    hr_ids_free(&id);
    return status;
}

hr_status hr_content_read(hr_content *content, hr_h5 *dataset, const hr_scoring_config *config, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_dataset_read_text(dataset, &content->text, err));
    if (config->content == HR_CONTENT_TAGS)
        keep_tags(&content->text);
    if (*config->features)
        HR_TRY(read_features(content, dataset, config->features, err));
    else if (content->text.ptr[content->text.movies] == 0)
        HR_TRY(hr_fail(err, HR_INPUT,
                       "%s: says nothing about movies (no title, genre or tag that two share): there is no "
                       "content to go by; give --item-features, or leave --mixture out",
                       hr_h5_path(dataset)));
done:
    return status;
}

void hr_content_free(hr_content *content)
{
    hr_text_free(&content->text);
    free(content->features);
    hr_interleaved_rows_free(&content->interleaved);
    *content = (hr_content){0};
}

hr_status hr_content_workspace_create(hr_content_workspace *workspace, const hr_content *content,
                                      hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(workspace->profile, content->text.terms * HR_CONTENT_USERS);
    HR_ALLOC(workspace->feature, HR_CONTENT_USERS * content->columns);
    HR_ALLOC(workspace->similarity, HR_CONTENT_USERS * content->text.movies);
done:
    return status;
}

void hr_content_workspace_free(hr_content_workspace *workspace)
{
    free(workspace->profile);
    free(workspace->feature);
    free(workspace->similarity);
    *workspace = (hr_content_workspace){0};
}

static void load_text(const hr_text *text, float *profile, int64_t index, const int32_t *movie, int64_t count)
{
    float square = 0.0F;
    for (int64_t t = 0; t < text->terms; t++)
        profile[t * HR_CONTENT_USERS + index] = 0.0F;
    for (int64_t i = 0; i < count; i++)
        for (int64_t j = text->ptr[movie[i]]; j < text->ptr[movie[i] + 1]; j++)
            profile[text->term[j] * HR_CONTENT_USERS + index] += text->weight[j];
    for (int64_t t = 0; t < text->terms; t++)
        square += profile[t * HR_CONTENT_USERS + index] * profile[t * HR_CONTENT_USERS + index];
    for (int64_t t = 0; square > 0.0F && t < text->terms; t++)
        profile[t * HR_CONTENT_USERS + index] /= sqrtf(square);
}

void hr_content_load_user(const hr_content *content, hr_content_workspace *workspace, int64_t index,
                          const int32_t *movie, int64_t count)
{
    float *feature = workspace->feature + index * content->columns;
    load_text(&content->text, workspace->profile, index, movie, count);
    memset(feature, 0, (size_t)content->columns * sizeof *feature);
    for (int64_t i = 0; i < count; i++)
        for (int64_t c = 0; c < content->columns; c++)
            feature[c] += content->features[movie[i] * content->columns + c];
    scale_to_one(feature, content->columns);
}

/* similarity [movies x HR_CONTENT_USERS]: a movie's terms are read once for all users. */
static void score_text(const hr_text *text, const float *profile, float *similarity)
{
    for (int64_t m = 0; m < text->movies; m++) {
        float sum[HR_CONTENT_USERS] = {0};
        for (int64_t j = text->ptr[m]; j < text->ptr[m + 1]; j++) {
            const float *users = profile + text->term[j] * HR_CONTENT_USERS, weight = text->weight[j];
            for (int64_t u = 0; u < HR_CONTENT_USERS; u++)
                sum[u] += weight * users[u];
        }
        memcpy(similarity + m * HR_CONTENT_USERS, sum, sizeof sum);
    }
}

void hr_content_score(const hr_content *content, hr_content_workspace *workspace, int64_t users,
                      float *scores)
{
    const int64_t movies = content->text.movies, columns = content->columns;
    const float share = columns > 0 ? 1.0F - hr_feature_share : 1.0F;
    score_text(&content->text, workspace->profile, workspace->similarity);
    if (columns > 0)
        hr_interleaved_rows_products(&content->interleaved, workspace->feature, users, 0, movies, scores,
                                     movies);
    for (int64_t u = 0; u < users; u++)
        for (int64_t m = 0; m < movies; m++) {
            float *score = &scores[u * movies + m];
            *score = share * workspace->similarity[m * HR_CONTENT_USERS + u] +
                     (columns > 0 ? hr_feature_share * *score : 0.0F);
        }
}
