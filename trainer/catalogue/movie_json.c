#include "trainer/catalogue/movie_json.h"

#include "io/base/json.h"

json_t *hr_genres_json(const hr_catalogue *catalogue, int64_t movie)
{
    const hr_genres *genres = &catalogue->genres;
    json_t *list = json_array();
    for (int64_t i = genres->ptr[movie]; i < genres->ptr[movie + 1]; i++)
        json_array_append_new(list, hr_json_string(hr_strings_at(&genres->name, genres->genre[i])));
    return list;
}

json_t *hr_movie_json(const hr_catalogue *catalogue, int64_t movie)
{
    json_t *object = json_pack("{s:o, s:o, s:o}", "movie", hr_ids_json(&catalogue->id, movie), "title",
                               hr_json_string(hr_strings_at(&catalogue->title, movie)), "genres",
                               hr_genres_json(catalogue, movie));
    if (catalogue->year[movie] > 0)
        json_object_set_new(object, "year", json_integer(catalogue->year[movie]));
    return object;
}
