#include "trainer/serve/api/endpoint.h"

/* What movies are compared by: without a word of it, by all that there is. */
static hr_similar_by way_of(const hr_request *request, const hr_movie_comparer *comparer)
{
    return hr_request_has(request, "by") ? (hr_similar_by)hr_request_choice(request, "by")
                                         : hr_movie_comparer_best(comparer);
}

static hr_similar_request request_of(const hr_request *request, const hr_movie_comparer *comparer,
                                     int64_t movie)
{
    return (hr_similar_request){movie, way_of(request, comparer), hr_request_integer(request, "top_k")};
}

static hr_status similar(hr_facts *facts, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t movie = 0;
    const hr_movie_comparer *comparer = NULL;
    hr_similar_movies found = {0};
    if (!hr_endpoint_movie(facts, request, "movie", &movie, answer))
        return HR_OK;
    HR_TRY(hr_facts_comparer(facts, &comparer, err));
    const hr_similar_request wanted = request_of(request, comparer, movie);
    HR_TRY(hr_similar_movies_find(&found, comparer, &wanted, err));
    HR_TRY(hr_answer_json(answer, hr_similar_movies_json(&found, &wanted, facts->catalogue), err));
done:
    hr_similar_movies_free(&found);
    return status;
}

hr_status hr_api_similar(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    return hr_endpoint_call(context, similar, request, answer, err);
}

/* None where nothing is tagged. */
static hr_status suggest(hr_facts *facts, const hr_similar_request *wanted, hr_suggested_tags *tags,
                         hr_error *err)
{
    hr_status status = HR_OK;
    const hr_tag_suggester *suggester = NULL;
    status = hr_facts_suggester(facts, &suggester, err);
    if (status == HR_INPUT)
        return HR_OK;
    HR_TRY(status);
    HR_TRY(hr_suggest_tags(tags, suggester, wanted, err));
done:
    return status;
}

static hr_status tags(hr_facts *facts, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t movie = 0;
    const hr_movie_comparer *comparer = NULL;
    hr_suggested_tags found = {0};
    if (!hr_endpoint_movie(facts, request, "movie", &movie, answer))
        return HR_OK;
    HR_TRY(hr_facts_comparer(facts, &comparer, err));
    const hr_similar_request wanted = request_of(request, comparer, movie);
    HR_TRY(suggest(facts, &wanted, &found, err));
    HR_TRY(hr_answer_json(answer, hr_suggested_tags_json(&found, movie, facts->catalogue), err));
done:
    hr_suggested_tags_free(&found);
    return status;
}

hr_status hr_api_tags(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    return hr_endpoint_call(context, tags, request, answer, err);
}
