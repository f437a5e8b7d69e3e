#include "trainer/similar/suggested_tags.h"

#include "io/base/json.h"
#include "io/base/memory.h"
#include "io/dataset/dataset.h"
#include "trainer/recommend/topk.h"

#include <math.h>
#include <string.h>

hr_status hr_tag_suggester_create(hr_tag_suggester *suggester, const hr_movie_comparer *comparer,
                                  hr_error *err)
{
    hr_status status = HR_OK;
    hr_text text = {0};
    hr_h5 *dataset = comparer->loaded->source.dataset;
    *suggester = (hr_tag_suggester){.comparer = comparer};
    HR_TRY(hr_dataset_read_text(dataset, &text, err));
    HR_TRY(hr_tag_rows_create(&suggester->rows, &text, err));
    if (suggester->rows.ptr[text.movies] == 0)
        HR_TRY(hr_fail(err, HR_INPUT, "%s: has no tags that were applied often enough to be suggested",
                       hr_h5_path(dataset)));
    suggester->name = text.name;
    text.name = (hr_strings){0};
done:
    hr_text_free(&text);
    return status;
}

void hr_tag_suggester_free(hr_tag_suggester *suggester)
{
    hr_strings_free(&suggester->name);
    hr_tag_rows_free(&suggester->rows);
    *suggester = (hr_tag_suggester){0};
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

static hr_status append(hr_strings *strings, const char *text, hr_error *err)
{
    return hr_strings_append(strings, text, (int64_t)strlen(text), err);
}

hr_status hr_suggest_tags(hr_suggested_tags *tags, const hr_tag_suggester *suggester,
                          const hr_similar_request *request, hr_error *err)
{
    hr_status status = HR_OK;
    hr_similar_movies near = {0};
    float *score = NULL;
    const int64_t terms = suggester->name.count;
    hr_topk list = {.k = request->top};
    const hr_similar_request neighbours = {request->movie, request->by, HR_TAG_NEIGHBOURS};
    HR_TRY(hr_similar_movies_find(&near, suggester->comparer, &neighbours, err));
    HR_ALLOC(score, terms);
    HR_ALLOC(list.score, request->top);
    HR_ALLOC(list.item, request->top);
    score_tags(&suggester->rows, &near, request->movie, terms, score);
    hr_topk_offer(&list, score, 0, terms);
    for (int64_t i = 0; i < list.count; i++)
        HR_TRY(append(&tags->tag, hr_strings_at(&suggester->name, list.item[i]), err));
    tags->count = list.count;
done:
    tags->score = list.score;
    free(list.item);
    free(score);
    hr_similar_movies_free(&near);
    return status;
}

json_t *hr_suggested_tags_json(const hr_suggested_tags *tags, int64_t movie, const hr_catalogue *catalogue)
{
    json_t *list = json_array();
    for (int64_t i = 0; i < tags->count; i++)
        json_array_append_new(list,
                              json_pack("{s:o, s:f}", "tag", hr_json_string(hr_strings_at(&tags->tag, i)),
                                        "score", (double)tags->score[i]));
    return json_pack("{s:o, s:o, s:o}", "movie", hr_ids_json(&catalogue->id, movie), "title",
                     hr_json_string(hr_strings_at(&catalogue->title, movie)), "tags", list);
}
