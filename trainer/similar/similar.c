#include "trainer/similar/similar.h"

#include "io/base/memory.h"
#include "io/dataset/dataset.h"
#include "trainer/recommend/tag_similarity.h"
#include "trainer/recommend/topk.h"

#include <math.h>
#include <string.h>

void hr_similar_movies_free(hr_similar_movies *similar)
{
    free(similar->movie);
    free(similar->score);
    *similar = (hr_similar_movies){0};
}

hr_status hr_similar_movies_find(hr_similar_movies *similar, const hr_loaded *loaded, const char *path,
                                 hr_similar_by by, int64_t movie, int64_t top, hr_error *err)
{
    hr_status status = HR_OK;
    float *score = NULL;
    const int64_t movies = loaded->data.movies;
    HR_ALLOC(score, movies);
    HR_ALLOC(similar->score, top);
    HR_ALLOC(similar->movie, top);
    HR_TRY(hr_similarity_scores(loaded, path, by, movie, score, err));
    for (int64_t m = 0; m < movies; m++)
        if (!(score[m] > 0.0F))
            score[m] = NAN;
    hr_topk list = {.k = top, .score = similar->score, .item = similar->movie};
    hr_topk_offer(&list, score, 0, movies);
    similar->count = list.count;
done:
    free(score);
    return status;
}

void hr_suggested_tags_free(hr_suggested_tags *tags)
{
    hr_strings_free(&tags->tag);
    free(tags->score);
    *tags = (hr_suggested_tags){0};
}

/* score [terms]: of the neighbours' tags; NaN for those of the movie itself and for what no neighbour has. */
static void score_tags(const hr_tag_rows *rows, const hr_similar_movies *near, int64_t movie, int64_t terms,
                       float *score)
{
    double all = 0.0;
    for (int64_t n = 0; n < near->count; n++) {
        const float weight = near->score[n] * near->score[n];
        all += (double)weight;
        for (int64_t i = rows->ptr[near->movie[n]]; i < rows->ptr[near->movie[n] + 1]; i++)
            score[rows->term[i]] += weight * rows->weight[i];
    }
    for (int64_t i = rows->ptr[movie]; i < rows->ptr[movie + 1]; i++)
        score[rows->term[i]] = NAN;
    for (int64_t t = 0; t < terms; t++)
        score[t] = score[t] > 0.0F ? (float)((double)score[t] / all) : NAN;
}

static hr_status read_text(hr_text *text, hr_tag_rows *rows, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    hr_dataset_summary data;
    HR_TRY(hr_dataset_open(&file, &data, path, err));
    HR_TRY(hr_dataset_read_text(file, text, err));
    HR_TRY(hr_tag_rows_create(rows, text, err));
    if (rows->ptr[text->movies] == 0)
        HR_TRY(
            hr_fail(err, HR_INPUT, "%s: has no tags that were applied often enough to be suggested", path));
done:
    hr_h5_close(file);
    return status;
}

static hr_status append(hr_strings *strings, const char *text, hr_error *err)
{
    return hr_strings_append(strings, text, (int64_t)strlen(text), err);
}

hr_status hr_suggest_tags(hr_suggested_tags *tags, const hr_loaded *loaded, const char *path,
                          hr_similar_by by, int64_t movie, int64_t top, hr_error *err)
{
    hr_status status = HR_OK;
    hr_text text = {0};
    hr_tag_rows rows = {0};
    hr_similar_movies near = {0};
    float *score = NULL;
    hr_topk list = {.k = top};
    HR_TRY(read_text(&text, &rows, path, err));
    HR_TRY(hr_similar_movies_find(&near, loaded, path, by, movie, HR_TAG_NEIGHBOURS, err));
    HR_ALLOC(score, text.terms);
    HR_ALLOC(list.score, top);
    HR_ALLOC(list.item, top);
    score_tags(&rows, &near, movie, text.terms, score);
    hr_topk_offer(&list, score, 0, text.terms);
    for (int64_t i = 0; i < list.count; i++)
        HR_TRY(append(&tags->tag, hr_strings_at(&text.name, list.item[i]), err));
    tags->count = list.count;
done:
    tags->score = list.score;
    free(list.item);
    free(score);
    hr_similar_movies_free(&near);
    hr_tag_rows_free(&rows);
    hr_text_free(&text);
    return status;
}
