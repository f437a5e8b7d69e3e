/* /map: movies on a plane, once for each model. */
#include "io/base/json.h"
#include "io/base/memory.h"
#include "trainer/catalogue/movie_json.h"
#include "trainer/figures/embedding_map.h"
#include "trainer/serve/api/endpoint.h"

#include <stdlib.h>

/* A movie, to be sorted. */
typedef struct ranked {
    double ratings;
    int32_t movie;
} ranked;

static int most_rated_first(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->ratings != y->ratings)
        return x->ratings > y->ratings ? -1 : 1;
    return (x->movie > y->movie) - (x->movie < y->movie);
}

/* movie [*count] with train ratings, the most popular first. */
static hr_status order_movies(const hr_train_figures *train, int32_t *movie, int64_t *count, hr_error *err)
{
    hr_status status = HR_OK;
    ranked *all = NULL;
    *count = 0;
    HR_ALLOC(all, train->movies);
    for (int64_t m = 0; m < train->movies; m++)
        if (train->of_movie[m] > 0.0)
            all[(*count)++] = (ranked){train->of_movie[m], (int32_t)m};
    if (*count > 0)
        qsort(all, (size_t)*count, sizeof *all, most_rated_first);
    for (int64_t i = 0; i < *count; i++)
        movie[i] = all[i].movie;
done:
    free(all);
    return status;
}

static json_t *point_json(const hr_facts *facts, const hr_train_figures *train, const hr_embedding_map *map,
                          int64_t i)
{
    json_t *point = hr_movie_json(facts->catalogue, map->movie[i]);
    json_object_set_new(point, "x", json_real(map->x[i]));
    json_object_set_new(point, "y", json_real(map->y[i]));
    json_object_set_new(point, "ratings", json_integer((json_int_t)train->of_movie[map->movie[i]]));
    return point;
}

static hr_status make_map(void *context, json_t **value, hr_error *err)
{
    hr_status status = HR_OK;
    hr_facts *facts = context;
    const hr_scorer *scorer = &facts->loaded->scorer;
    hr_embedding_map map = {0};
    int32_t *movie = NULL;
    int64_t count = 0;
    HR_ALLOC(movie, facts->catalogue->movies);
    HR_TRY(order_movies(&facts->snapshot->train, movie, &count, err));
    HR_TRY(hr_embedding_map_make(&map, scorer->movie_row, scorer->dim, movie, count, err));
    *value = json_pack("{s:[f, f], s:[]}", "share", map.share[0], map.share[1], "points");
    for (int64_t i = 0; map.share[0] > 0.0 && i < count; i++)
        json_array_append_new(json_object_get(*value, "points"),
                              point_json(facts, &facts->snapshot->train, &map, i));
done:
    hr_embedding_map_free(&map);
    free(movie);
    return status;
}

static hr_status map(hr_facts *facts, const hr_request *request, hr_answer *answer, hr_error *err)
{
    (void)request;
    return hr_kept_text_answer(&facts->text[HR_KEPT_MAP], make_map, facts, answer, err);
}

hr_status hr_api_map(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    return hr_endpoint_call(context, map, request, answer, err);
}
