#include "trainer/lists/list_json.h"

#include "io/base/json.h"

#include <stdio.h>

void hr_list_genres(const hr_genres *genres, int64_t movie, char *joined, size_t size)
{
    size_t used = 0;
    *joined = '\0';
    for (int64_t i = genres->ptr[movie]; i < genres->ptr[movie + 1] && used < size; i++)
        used += (size_t)snprintf(joined + used, size - used, "%s%s", used ? "|" : "",
                                 hr_strings_at(&genres->name, genres->genre[i]));
}

/* The JSON object of one movie of a list. */
static json_t *movie_json(const hr_catalogue *c, int32_t movie, float score)
{
    char joined[4096];
    hr_list_genres(&c->genres, movie, joined, sizeof joined);
    return json_pack("{s:o, s:f, s:o, s:o}", "movie", hr_ids_json(&c->id, movie), "score", (double)score,
                     "title", hr_json_string(hr_strings_at(&c->title, movie)), "genres",
                     hr_json_string(joined));
}

hr_status hr_list_json(json_t **object, const hr_catalogue *catalogue, const hr_user_block *users,
                       int64_t index, const hr_lists *lists, const hr_list_remarks *remarks, hr_error *err)
{
    hr_status status = HR_OK;
    json_t *list = json_array();
    *object = json_pack("{s:o, s:o}", "user",
                        users->id.count > index ? hr_ids_json(&users->id, index) : json_null(),
                        "recommendations", list);
    for (int64_t i = 0; i < lists->count[index]; i++) {
        const int64_t at = index * lists->k + i;
        json_t *movie = movie_json(catalogue, lists->movie[at], lists->score[at]);
        json_array_append_new(list, movie);
        if (remarks)
            HR_TRY(remarks->add(remarks->context, i, movie, err));
    }
done:
    return status;
}
