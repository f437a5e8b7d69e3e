#include "trainer/serve/visitors/rated_movies.h"

#include "io/base/search.h"
#include "io/dataset/ids.h"
#include "trainer/serve/store/movies.h"

#include <string.h>

int64_t hr_added_movie_number(const char *id)
{
    int64_t number = 0;
    return hr_id_number(id, (int64_t)strlen(id), &number) && number > HR_FIRST_VISITOR ? number : 0;
}

static hr_status find_added(hr_visitors *v, const char *id, hr_rated_movie *movie, hr_error *err)
{
    json_t *list = NULL;
    const int64_t number = v->config.read_only || v->config.no_accounts ? 0 : hr_added_movie_number(id);
    if (number == 0)
        return HR_OK;
    const hr_status status = hr_store_list_movies(&v->store, number, 0, 1, &list, err);
    movie->description = json_incref(json_array_get(list, 0));
    movie->is_there = movie->description;
    if (movie->is_there) {
        movie->title = json_string_value(json_object_get(movie->description, "title"));
        movie->year = (int)json_integer_value(json_object_get(movie->description, "year"));
    }
    json_decref(list);
    return status;
}

hr_status hr_rated_movie_find(hr_visitors *v, const hr_catalogue *catalogue, const char *id,
                              hr_rated_movie *movie, hr_error *err)
{
    const int64_t index = hr_ids_find(&catalogue->id, id, (int64_t)strlen(id));
    *movie = (hr_rated_movie){.index = -1, .title = ""};
    if (index == HR_NOT_FOUND)
        return find_added(v, id, movie, err);
    *movie = (hr_rated_movie){.is_there = true,
                              .index = index,
                              .title = hr_strings_at(&catalogue->title, index),
                              .year = catalogue->year[index]};
    return HR_OK;
}

hr_status hr_visitors_find_added(void *context, const char *id, json_t **description, hr_error *err)
{
    hr_rated_movie movie = {0};
    const hr_status status = find_added(context, id, &movie, err);
    *description = movie.description;
    return status;
}

void hr_rated_movie_free(hr_rated_movie *movie)
{
    json_decref(movie->description);
    *movie = (hr_rated_movie){0};
}

json_t *hr_rated_movie_id(const hr_catalogue *catalogue, const char *id)
{
    int64_t number;
    return catalogue->id.number && hr_id_number(id, (int64_t)strlen(id), &number)
               ? json_integer((json_int_t)number)
               : json_string(id);
}
