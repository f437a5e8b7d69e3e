#include "trainer/similar/similar.h"

#include "io/base/json.h"
#include "io/base/memory.h"
#include "trainer/recommend/topk.h"

#include <math.h>

void hr_similar_movies_free(hr_similar_movies *similar)
{
    free(similar->movie);
    free(similar->score);
    *similar = (hr_similar_movies){0};
}

hr_status hr_similar_movies_find(hr_similar_movies *similar, const hr_movie_comparer *comparer,
                                 const hr_similar_request *request, hr_error *err)
{
    hr_status status = HR_OK;
    float *score = NULL;
    const int64_t movies = comparer->loaded->data.movies;
    HR_ALLOC(score, movies);
    HR_ALLOC(similar->score, request->top);
    HR_ALLOC(similar->movie, request->top);
    HR_TRY(hr_similarity_scores(comparer, request->by, request->movie, score, err));
    for (int64_t m = 0; m < movies; m++)
        if (!(score[m] > 0.0F))
            score[m] = NAN;
    hr_topk list = {.k = request->top, .score = similar->score, .item = similar->movie};
    hr_topk_offer(&list, score, 0, movies);
    similar->count = list.count;
done:
    free(score);
    return status;
}

json_t *hr_similar_movies_json(const hr_similar_movies *similar, const hr_similar_request *request,
                               const hr_catalogue *catalogue)
{
    json_t *list = json_array();
    for (int64_t i = 0; i < similar->count; i++)
        json_array_append_new(
            list, json_pack("{s:o, s:o, s:f}", "movie", hr_ids_json(&catalogue->id, similar->movie[i]),
                            "title", hr_json_string(hr_strings_at(&catalogue->title, similar->movie[i])),
                            "score", (double)similar->score[i]));
    return json_pack("{s:o, s:o, s:s, s:o}", "movie", hr_ids_json(&catalogue->id, request->movie), "title",
                     hr_json_string(hr_strings_at(&catalogue->title, request->movie)), "by",
                     hr_similar_ways[request->by], "similar", list);
}
