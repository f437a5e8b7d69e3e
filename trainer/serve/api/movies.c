/* /movies, a search of titles in pages, and /movies/{id}. */
#include "io/base/memory.h"
#include "io/base/search.h"
#include "trainer/catalogue/movie_json.h"
#include "trainer/serve/api/endpoint.h"
#include "trainer/top/chart_request.h"

#include <math.h>
#include <string.h>

/* A movie, and what its ratings are. */
static json_t *describe(const hr_facts *facts, const hr_movie_tally *tally, int64_t movie)
{
    json_t *object = hr_movie_json(facts->catalogue, movie);
    const int64_t ratings = tally->ratings[movie];
    json_object_set_new(object, "ratings", json_integer((json_int_t)ratings));
    if (ratings > 0)
        json_object_set_new(object, "mean", json_real(tally->sum[movie] / (double)ratings));
    return object;
}

static json_t *page_of(const hr_facts *facts, const hr_request *request, const hr_movie_tally *tally,
                       const int32_t *movie, int64_t count)
{
    const int64_t offset = hr_request_integer(request, "offset"), most = hr_request_integer(request, "top_k");
    json_t *list = json_array();
    for (int64_t i = offset; i < count && i < offset + most; i++)
        json_array_append_new(list, describe(facts, tally, movie[i]));
    return json_pack("{s:I, s:I, s:o}", "total", (json_int_t)count, "offset", (json_int_t)offset, "movies",
                     list);
}

/* Which movies may be found, by genre and year. */
static hr_status allow(const hr_facts *facts, const hr_request *request, uint8_t *allowed, hr_error *err)
{
    const hr_chart_request filter = {.decade = hr_request_integer(request, "decade"),
                                     .genre = hr_text_or_empty(request, "genre"),
                                     .without_genre = hr_text_or_empty(request, "without_genre"),
                                     .year = hr_text_or_empty(request, "year")};
    return hr_chart_allowed(&filter, facts->catalogue, allowed, err);
}

static hr_status find(hr_facts *facts, const hr_request *request, const uint8_t *allowed, hr_answer *answer,
                      hr_error *err)
{
    hr_status status = HR_OK;
    int64_t count = 0;
    int32_t *movie = NULL;
    const hr_movie_tally *tally = NULL;
    const hr_title_index *titles = NULL;
    HR_TRY(hr_facts_tally(facts, &tally, err));
    HR_TRY(hr_facts_titles(facts, &titles, err));
    const hr_title_query query = {hr_text_or_empty(request, "query"), tally->ratings, allowed};
    HR_TRY(hr_title_index_search(titles, &query, &movie, &count, err));
    HR_TRY(hr_answer_json(answer, page_of(facts, request, tally, movie, count), err));
done:
    free(movie);
    return status;
}

static hr_status movies(hr_facts *facts, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_status status = HR_OK;
    uint8_t *allowed = NULL;
    HR_ALLOC(allowed, facts->catalogue->movies);
    HR_TRY(allow(facts, request, allowed, err));
    HR_TRY(find(facts, request, allowed, answer, err));
done:
    free(allowed);
    return status;
}

hr_status hr_api_movies(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    return hr_endpoint_call(context, movies, request, answer, err);
}

static hr_status movie(hr_facts *facts, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t number = 0;
    const hr_movie_tally *tally = NULL;
    const hr_movie_tags *tags = NULL;
    if (!hr_endpoint_movie(facts, request, "id", &number, answer))
        return HR_OK;
    HR_TRY(hr_facts_tally(facts, &tally, err));
    HR_TRY(hr_facts_tags(facts, &tags, err));
    json_t *object = describe(facts, tally, number);
    if (tally->first[number] < INT64_MAX)
        json_object_set_new(object, "first_rating", json_integer((json_int_t)tally->first[number]));
    json_object_set_new(object, "tags", hr_movie_tags_json(tags, number));
    HR_TRY(hr_answer_json(answer, object, err));
done:
    return status;
}

/* Whether the dataset has a movie of this id. */
static bool is_known(const hr_api *api, const char *id)
{
    hr_snapshot *s = hr_served_take(api->served);
    const bool known = hr_ids_find(&s->catalogue.id, id, (int64_t)strlen(id)) != HR_NOT_FOUND;
    hr_snapshot_release(s);
    return known;
}

/* A movie that is in no dataset yet has neither ratings nor tags there. */
static hr_status answer_added(json_t *description, hr_answer *answer, hr_error *err)
{
    if (json_integer_value(json_object_get(description, "year")) == 0)
        json_object_del(description, "year");
    json_object_set_new(description, "ratings", json_integer(0));
    json_object_set_new(description, "tags", json_array());
    return hr_answer_json(answer, description, err);
}

hr_status hr_api_movie(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    const hr_api *api = context;
    const char *id = hr_request_text(request, "id");
    json_t *added = NULL;
    hr_status status = HR_OK;
    if (api->find_added && !is_known(api, id))
        status = api->find_added(api->added, id, &added, err);
    if (status != HR_OK)
        return status;
    if (added)
        return answer_added(added, answer, err);
    return hr_endpoint_call(context, movie, request, answer, err);
}

/* Whether the model that is served has both: what is made when it is first asked for, of all ratings. */
static bool has_both(hr_api *api, hr_lazy *(*other)(hr_facts *facts))
{
    hr_snapshot *s = hr_served_take(api->served);
    pthread_mutex_lock(&s->attaching);
    hr_facts *facts = s->attached;
    pthread_mutex_unlock(&s->attaching);
    const bool has = facts && hr_lazy_is_made(&facts->tallying) && hr_lazy_is_made(other(facts));
    hr_snapshot_release(s);
    return has;
}

static hr_lazy *titles_of(hr_facts *facts)
{
    return &facts->indexing;
}

static hr_lazy *tags_of(hr_facts *facts)
{
    return &facts->tagging;
}

bool hr_movies_take_long(void *context, const hr_request *request)
{
    (void)request;
    return !has_both(context, titles_of);
}

bool hr_movie_takes_long(void *context, const hr_request *request)
{
    (void)request;
    return !has_both(context, tags_of);
}
