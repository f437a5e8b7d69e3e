#include "io/base/json.h"
#include "trainer/explain/explanation_text.h"

#include <math.h>

static json_t *movie_json(const hr_catalogue *catalogue, int64_t movie)
{
    return json_pack("{s:o, s:o}", "movie", hr_ids_json(&catalogue->id, movie), "title",
                     hr_json_string(hr_strings_at(&catalogue->title, movie)));
}

static json_t *reasons_json(const hr_explanation *x, const hr_catalogue *catalogue, int64_t most)
{
    json_t *list = json_array();
    for (int64_t i = 0; i < x->reasons && i < most; i++) {
        const hr_reason *r = &x->reason[i];
        json_t *object = movie_json(catalogue, r->movie);
        json_object_set_new(object, "share", json_real(r->share));
        if (!isnan(r->rating))
            json_object_set_new(object, "rating", json_real((double)r->rating));
        json_object_set_new(object, "genres", hr_json_string(hr_strings_at(&x->genres, i)));
        json_object_set_new(object, "tags", hr_json_string(hr_strings_at(&x->tags, i)));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *paths_json(const hr_explanation *x, const hr_catalogue *catalogue)
{
    json_t *best = json_array();
    for (int i = 0; i < x->paths.kept; i++) {
        json_t *object = movie_json(catalogue, x->paths.best[i].movie);
        json_object_set_new(object, "user", hr_ids_json(&x->path_user, i));
        json_object_set_new(object, "weight", json_real(x->paths.best[i].weight));
        json_array_append_new(best, object);
    }
    return json_pack("{s:I, s:I, s:f, s:o}", "count", (json_int_t)x->paths.count, "users",
                     (json_int_t)x->paths.users, "weight", x->paths.weight, "best", best);
}

json_t *hr_explanation_json_short(const hr_explanation *explanation, const hr_catalogue *catalogue,
                                  int64_t most)
{
    json_t *object = movie_json(catalogue, explanation->movie), *parts = json_object();
    for (int i = 0; i < explanation->parts; i++)
        json_object_set_new(parts, explanation->part[i].name, json_real(explanation->part[i].value));
    json_object_set_new(object, "score", json_real(explanation->score));
    json_object_set_new(object, "parts", parts);
    json_object_set_new(object, "because", reasons_json(explanation, catalogue, most));
    json_object_set_new(object, "paths", paths_json(explanation, catalogue));
    return object;
}

json_t *hr_explanation_json(const hr_explanation *explanation, const hr_catalogue *catalogue)
{
    return hr_explanation_json_short(explanation, catalogue, explanation->reasons);
}
